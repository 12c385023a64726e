using Husai.Formats.Files;
using Husai.Formats.Numpy;
using Husai.Formats.Tensors;

namespace Husai.Networks.Text;

/// <summary>Token ids in a .npy file of integers: a document for each row of [documents, length], or one document of [tokens].</summary>
internal sealed class TokenIdCorpus(string path) : Corpus(path)
{
    public override IEnumerable<TokenDocument> ReadDocuments()
    {
        using var stream = InputFile.Open(Path);
        var header = NumpyHeader.Read(stream, Path);
        if (header.Type.IsFloat() || header.Shape.Length is not (1 or 2))
        {
            throw new InvalidFileException(
                Path,
                $"holds {header.Type} of shape {TensorTypes.Print(header.Shape)}; token ids are integers [documents, length] or [tokens]");
        }

        if (header.BigEndian || (header.FortranOrder && header.Shape.Length == 2))
        {
            throw new InvalidFileException(Path, "is big-endian or column-major; save numpy.ascontiguousarray(ids, dtype='<i4')");
        }

        var (documents, length) = header.Shape is [var rows, var columns] ? (rows, columns) : (1, header.Shape[0]);
        if (length > Array.MaxLength / header.Type.Size())
        {
            throw new InvalidFileException(Path, $"holds one document of {length} tokens; save it as [documents, length]");
        }

        for (var number = 0L; number < documents; number++)
        {
            yield return new TokenDocument(number, number * length, ReadIds(stream, header, (int)length, number));
        }
    }

    private int[] ReadIds(FileStream stream, NumpyHeader header, int length, long document)
    {
        var ids = new long[length];
        TensorElements.Load(header.Type, InputFile.ReadBytes(stream, Path, (long)length * header.Type.Size()), ids);
        return Array.ConvertAll(ids, id => id is >= 0 and <= int.MaxValue ? (int)id
            : throw new InvalidFileException(Path, $"holds {id} in document {document}, which is no token id"));
    }
}
