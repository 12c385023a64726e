using Apache.Arrow;
using Husai.Formats.Files;
using Husai.Numerics.Matrices;

namespace Husai.Columnar;

/// <summary>Copies the values of Arrow lists, and lists of lists, of even length.</summary>
internal static class NestedLists
{
    /// <summary>The values as rows: the innermost lists.</summary>
    /// <exception cref="InvalidFileException">Lists have different lengths, or values are missing.</exception>
    public static Matrix ToMatrix(IArrowArray lists, string path)
    {
        var (values, first, count, width) = Innermost(lists, path);
        if (width == 0 || count == 0)
        {
            throw new InvalidFileException(path, "has lists without values");
        }

        var result = new Matrix(count / width, width);
        var target = result.AsSpan();
        switch (values)
        {
            case FloatArray floats:
                floats.Values.Slice(first, count).CopyTo(target);
                break;
            case DoubleArray doubles:
                for (var index = 0; index < count; index++)
                {
                    target[index] = (float)doubles.Values[first + index];
                }

                break;
            case HalfFloatArray halves:
                for (var index = 0; index < count; index++)
                {
                    target[index] = (float)halves.Values[first + index];
                }

                break;
            default:
                throw new InvalidFileException(path, $"holds {values.Data.DataType.Name} where floats are needed");
        }

        return result;
    }

    /// <summary>The values one after another.</summary>
    /// <exception cref="InvalidFileException">Lists have different lengths, values are missing or too large.</exception>
    public static int[] ToInt32s(IArrowArray lists, string path)
    {
        var (values, first, count, _) = Innermost(lists, path);
        return values switch
        {
            Int32Array small => small.Values.Slice(first, count).ToArray(),
            Int64Array large => [.. large.Values.Slice(first, count).ToArray().Select(id => id is >= 0 and <= int.MaxValue ? (int)id
                : throw new InvalidFileException(path, $"holds {id}, which is no token id"))],
            _ => throw new InvalidFileException(path, $"holds token ids as {values.Data.DataType.Name}; integers are needed"),
        };
    }

    private static (IArrowArray Values, int First, int Count, int Width) Innermost(IArrowArray array, string path)
    {
        var (first, count, width) = (0, array.Length, 0);
        while (true)
        {
            if (array.NullCount > 0)
            {
                throw new InvalidFileException(path, "has records or values that are missing");
            }

            switch (array)
            {
                case ExtensionArray extension:
                    array = extension.Storage;
                    break;
                case FixedSizeListArray lists:
                    width = ((Apache.Arrow.Types.FixedSizeListType)lists.Data.DataType).ListSize;
                    (first, count, array) = (checked((lists.Offset + first) * width), checked(count * width), lists.Values);
                    break;
                case ListArray lists:
                    var offsets = lists.ValueOffsets.Slice(first, count + 1);
                    width = count > 0 ? offsets[1] - offsets[0] : 0;
                    for (var index = 1; index <= count; index++)
                    {
                        if (offsets[index] - offsets[index - 1] != width)
                        {
                            throw new InvalidFileException(path, "has lists of different lengths");
                        }
                    }

                    (first, count, array) = (offsets[0], checked(count * width), lists.Values);
                    break;
                default:
                    return (array, first, count, width);
            }
        }
    }
}
