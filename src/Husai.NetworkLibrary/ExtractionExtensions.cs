using Husai.Autoencoders.Activations;
using Husai.Formats.Files;
using Husai.Networks.Extraction;
using Husai.Networks.Onnx;
using Husai.Networks.Sites;

namespace Husai;

/// <summary>Runs text through a network in one call.</summary>
public static class ExtractionExtensions
{
    extension(StoredActivations)
    {
        /// <summary>Runs text through a network, and stores what it computes at a site; continues a store that an earlier call began.
        /// </summary>
        /// <param name="request">The network, the text and one site.</param>
        /// <param name="folder">The store.</param>
        /// <param name="threads">Threads to use; all cores if null.</param>
        /// <param name="progress">Told the number of rows in the store and of those that it will have; may be null.</param>
        /// <param name="cancellation">Ends it early; whole shards stay.</param>
        /// <returns>The store, opened: <c>[rows, width]</c>.</returns>
        /// <exception cref="ArgumentException">The request does not name one site, or its contexts are too short or too long.</exception>
        /// <exception cref="InvalidFileException">A file is missing or damaged, the site is not there, or the folder holds something
        /// else.</exception>
        /// <exception cref="FolderInUseException">Another process writes into the folder.</exception>
        /// <exception cref="DiskFullException">The disk is full.</exception>
        /// <exception cref="OperationCanceledException">The caller gave up.</exception>
        public static StoredActivations Extract(
            ExtractionRequest request, string folder, int? threads = null, Action<long, long>? progress = null,
            CancellationToken cancellation = default)
        {
            ArgumentNullException.ThrowIfNull(request);
            ArgumentException.ThrowIfNullOrEmpty(folder);
            if (request.Sites.Count != 1)
            {
                throw new ArgumentException($"one site is needed for one store, not {request.Sites.Count}", nameof(request));
            }

            var processors = threads ?? Environment.ProcessorCount;
            var extraction = request.Open(processors);
            var store = new StoreExtraction(extraction, _ => folder);
            var (rows, _) = extraction.Count(cancellation: cancellation);
            using (FolderLock.Take(folder))
            {
                store.Open();
                store.Fill(rows, processors, done => progress?.Invoke(done, rows), cancellation);
            }

            return new StoredActivations(folder);
        }
    }

    extension(NetworkSite)
    {
        /// <summary>Finds the tensors of a network that have a row for each token, in the order of the computation.</summary>
        /// <param name="model">The network's ONNX file.</param>
        /// <param name="threads">Threads to use; all cores if null.</param>
        /// <exception cref="InvalidFileException">It is missing or damaged, or cannot be run.</exception>
        public static IReadOnlyList<NetworkSite> Find(string model, int? threads = null) =>
            NetworkSites.Find(OnnxFile.Read(model), threads ?? Environment.ProcessorCount);
    }
}
