using FsCheck;
using FsCheck.Fluent;
using Husai.Formats.Numpy;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;
using Husai.Testing.Properties;

namespace Husai.Formats.Tests.Tensors;

public sealed class TensorFilePropertyTests : IDisposable
{
    // Each case writes files.
    private const int Count = 80;

    private static readonly Gen<string> Texts =
        from count in Gen.Choose(1, 6)
        from pieces in Gen.Elements("a", "Z", "0", ".", "_", " ", "/", "\\", "\"", "'", "\n", "é", "𝔸").ArrayOf(count)
        select string.Concat(pieces);

    private static readonly TensorType[] NumpyTypes = [.. Enum.GetValues<TensorType>().Where(type => type != TensorType.BFloat16)];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_safetensors_writes_it_reads_whatever_the_order() => RandomCases.Check(
        from tensors in Tensors(Enum.GetValues<TensorType>())
        from order in Gen.Shuffle(tensors)
        from count in Gen.Choose(0, 3)
        from texts in Texts.ArrayOf(count)
        select (tensors, order, metadata: texts.Distinct().ToDictionary(text => text, text => text + text)),
        file =>
        {
            var (path, again) = (_folder.File("x.safetensors"), _folder.File("y.safetensors"));
            SafetensorsFile.Write(path, file.tensors, file.metadata);
            var read = SafetensorsFile.Read(path);
            SafetensorsFile.Write(again, file.order, read.Metadata);

            AssertEqual(file.tensors, read);
            Assert.Equal(file.metadata, read.Metadata.ToDictionary());
            Assert.Equal(Names(file.tensors).Order(StringComparer.Ordinal), SafetensorsFile.ReadNames(path).Order(StringComparer.Ordinal));
            Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(again));
            var some = file.order[..(file.order.Length / 2)];
            AssertEqual(some, SafetensorsFile.Read(path, [.. Names(some)]));
        },
        Count);

    [Fact]
    public void What_an_archive_of_numpy_holds_is_read_whatever_the_order() => RandomCases.Check(
        from tensors in Tensors(NumpyTypes)
        from order in Gen.Shuffle(tensors)
        select (tensors, order),
        file =>
        {
            var (path, again) = (_folder.File("x.npz"), _folder.File("y.npz"));
            NumpyArchive.Write(path, file.tensors);
            NumpyArchive.Write(again, file.order);

            AssertEqual(file.tensors, NumpyArchive.Read(path));
            Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(again));
        },
        Count);

    [Fact]
    public void An_array_of_numpy_is_read_as_it_was_written() => RandomCases.Check(
        Tensor(NumpyTypes),
        tensor =>
        {
            var path = _folder.File("x.npy");
            NumpyFile.Write(path, tensor);
            AssertEqual(tensor, NumpyFile.Read(path));
        },
        Count);

    // With different names; sizes of 0 and shapes without sizes occur.
    private static Gen<NamedTensor[]> Tensors(TensorType[] types) =>
        from count in Gen.Choose(0, 6)
        from tensors in Tensor(types).ArrayOf(count)
        select tensors.DistinctBy(tensor => tensor.Name).ToArray();

    private static Gen<NamedTensor> Tensor(TensorType[] types) =>
        from name in Texts
        from type in Gen.Elements(types)
        from dimensions in Gen.Choose(0, 4)
        from shape in Gen.Choose(0, 4).ArrayOf(dimensions)
        let bytes = shape.Aggregate(type.Size(), (product, size) => product * size)
        from data in Gen.Choose(0, type == TensorType.Bool ? 1 : 255).ArrayOf(bytes)
        select new NamedTensor(name, type, [.. shape.Select(size => (long)size)], data.Select(value => (byte)value).ToArray());

    private static IEnumerable<string> Names(NamedTensor[] tensors) => tensors.Select(tensor => tensor.Name);

    private static void AssertEqual(NamedTensor[] expected, TensorFile file)
    {
        Assert.Equal(Names(expected).ToHashSet(), file.Tensors.Keys.ToHashSet());
        Assert.All(expected, tensor => AssertEqual(tensor, file.Tensors[tensor.Name]));
    }

    private static void AssertEqual(NamedTensor expected, NamedTensor actual)
    {
        Assert.Equal(expected.Type, actual.Type);
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.True(expected.Data.Span.SequenceEqual(actual.Data.Span));
    }
}
