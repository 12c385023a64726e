using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Transformers.Computation.Kernels;
using Husai.Transformers.Computation.Plans;
using Husai.Transformers.Models;

namespace Husai.Transformers.Computation.Folded;

/// <summary>
/// The part of a folded pass whose length is that of the batch, chunk by chunk: what stands between the table of keys and the logits is
/// made in a thread's cache, and made again for the gradients, which costs less than to fetch it from memory.
/// </summary>
internal sealed class FoldedBatch
{
    private readonly FoldedWeights _weights;
    private readonly SharedQueryScores _scores;
    private readonly FoldedMixing _mixing;
    private readonly FoldedNeurons[] _neurons;
    private readonly Workers _workers;
    private readonly int _tableWidth;
    private readonly SegmentedSum _batchSums;
    private readonly PackedMatrix _neuronLogits;
    private readonly PackedMatrix _logitNeurons;
    private readonly GrowingMatrix _logitMemory = new();
    private readonly GrowingMatrix _gradientMemory = new();
    private readonly GrowingMatrix _strandMemory = new();
    private readonly GrowingMatrix _keyMemory = new();
    private readonly GrowingMatrix _rowMemory = new();
    private BatchChunks _chunks = null!;
    private KeyRuns _runs = null!;
    private Matrix _logits = null!;
    private Matrix _gradient = null!;
    private Matrix _weightSums = null!;
    private Matrix _keySums = null!;
    private Matrix _rowSums = null!;

    public FoldedBatch(TransformerOptions options, FoldedWeights weights, SharedQueryScores scores, Workers workers)
    {
        _weights = weights;
        _scores = scores;
        _mixing = new FoldedMixing(options, weights.Width, scores);
        _neurons = [.. Enumerable.Range(0, workers.Threads).Select(_ => new FoldedNeurons(options, weights, _mixing))];
        _workers = workers;
        _tableWidth = options.Heads * weights.Width;
        _batchSums = new SegmentedSum(workers, (sum, entries) => _mixing.AddForKey(sum, _gradient, entries));
        _neuronLogits = PackedMatrix.From(weights.NeuronLogits);
        _logitNeurons = PackedMatrix.FromTransposed(weights.NeuronLogits);
    }

    public void Bind(LayerPlan plan, bool training)
    {
        _chunks = new BatchChunks(plan.OutputRows);
        _logits = _logitMemory.View(plan.OutputRows, _weights.LogitWidth);
        if (training)
        {
            _runs = new KeyRuns(plan, _chunks);
            _gradient = _gradientMemory.View(plan.OutputRows, _weights.Width);
            _weightSums = _strandMemory.View(_chunks.Strands, _weights.LogitWidth * _weights.Neurons);
            _keySums = _keyMemory.View(_runs.Partials, _tableWidth);
            _rowSums = _rowMemory.View(_chunks.Strands, _weights.Width);
        }
    }

    /// <summary>Computes the logits, [output rows, logit width]; what is beyond the classes is zero, and must stay so.</summary>
    /// <param name="streamPart">What the stream itself adds to neurons and logits, [1, width].</param>
    /// <param name="table">What a key adds through each head, [input rows, heads * width].</param>
    /// <param name="hidden">Receives the neurons, [output rows, neurons]; may be null.</param>
    public Matrix Forward(Matrix streamPart, Matrix table, Matrix? hidden = null)
    {
        _neuronLogits.Refill(_weights.NeuronLogits, _workers);
        _workers.For(_chunks.Count, (chunk, worker) =>
        {
            var (first, end) = _chunks.Rows(chunk);
            _scores.Attend(first, end - first);
            var neurons = _neurons[worker];
            neurons.Compute(streamPart, table, first, end - first);
            var logits = _logits.SliceRows(first, end - first);
            logits.CopyFrom(neurons.Logits);
            hidden?.SliceRows(first, end - first).CopyFrom(neurons.Hidden);
            MatrixProduct.Multiply(logits, neurons.Hidden, _neuronLogits, accumulate: true);
        });
        return _logits;
    }

    /// <summary>
    /// Writes the gradients of the table, of the stream's part and of the product of weights, and those of the scores, once the result of
    /// <see cref="Forward"/> has been overwritten by its gradient.
    /// </summary>
    /// <param name="streamPart">As in <see cref="Forward"/>.</param>
    /// <param name="table">As in <see cref="Forward"/>.</param>
    /// <param name="streamPartGradient">[1, width].</param>
    /// <param name="tableGradient">[input rows, heads * width].</param>
    public void Backward(Matrix streamPart, Matrix table, Matrix streamPartGradient, Matrix tableGradient)
    {
        _logitNeurons.Refill(_weights.NeuronLogits, _workers);
        _workers.For(_chunks.Strands, (strand, worker) =>
        {
            _weightSums.Row(strand).Clear();
            _rowSums.Row(strand).Clear();
            var (firstChunk, endChunk) = _chunks.OfStrand(strand);
            for (var chunk = firstChunk; chunk < endChunk; chunk++)
            {
                var (first, end) = _chunks.Rows(chunk);
                _neurons[worker].Compute(streamPart, table, first, end - first);
                Backward(_logits.SliceRows(first, end - first), table, first, strand, _neurons[worker]);
                foreach (var run in _runs.OfChunk(chunk))
                {
                    AddRun(run);
                }
            }
        });

        tableGradient.Clear();
        _batchSums.Run(tableGradient, _runs.OfBatch);
        _workers.For(table.Rows, (key, _) =>
        {
            foreach (var partial in _runs.PartialsOf(key))
            {
                Elementwise.Add(tableGradient.Row(key), _keySums.Row(partial));
            }
        });
        _workers.For(_weights.LogitWidth, (logit, _) => SumStrands(
            _weights.LogitNeuronsGradient.Row(logit), _weightSums.SliceColumns(logit * _weights.Neurons, _weights.Neurons)));
        SumStrands(streamPartGradient.Row(0), _rowSums);
    }

    private void Backward(Matrix logitGradient, Matrix table, int first, int strand, FoldedNeurons neurons)
    {
        var gradient = _gradient.SliceRows(first, logitGradient.Rows);
        MatrixProduct.Multiply(
            _weightSums.SliceRows(strand, 1).Reshape(_weights.LogitWidth, _weights.Neurons), logitGradient, neurons.Hidden, ProductForm.AtB,
            accumulate: true);
        gradient.SliceColumns(_weights.Neurons, _weights.LogitWidth).CopyFrom(logitGradient);
        gradient.SliceColumns(_weights.Neurons + _weights.LogitWidth, _weights.Padding).Clear();
        var ofNeurons = gradient.SliceColumns(0, _weights.Neurons);
        MatrixProduct.Multiply(ofNeurons, logitGradient, _logitNeurons);
        neurons.Backward(ofNeurons);
        _mixing.PatternGradients(gradient, table, first);
        _scores.ScoreGradients(first, gradient.Rows);
        _mixing.AddRows(_rowSums.Row(strand), gradient);
    }

    private void AddRun(in KeyRuns.Run run)
    {
        var sum = _keySums.Row(run.Partial);
        if (run.IsFirst)
        {
            sum.Clear();
        }

        _mixing.AddForKey(sum, _gradient, _runs.EntriesOf(run));
    }

    private static void SumStrands(Span<float> sum, Matrix strands)
    {
        sum.Clear();
        for (var strand = 0; strand < strands.Rows; strand++)
        {
            Elementwise.Add(sum, strands.Row(strand));
        }
    }
}
