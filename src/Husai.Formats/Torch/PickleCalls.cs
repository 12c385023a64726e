namespace Husai.Formats.Torch;

/// <summary>The few constructors that a state dict needs. This is the closed list: nothing else is ever called.</summary>
internal static class PickleCalls
{
    public static object? Call(object? callable, object? arguments)
    {
        if (callable is not PickleGlobal global || arguments is not object?[] values)
        {
            throw new PickleException("calls something that is not a name");
        }

        return (global.Name, values) switch
        {
            (PickleGlobal.OrderedDictionary, []) => new PickleDictionary(),
            (PickleGlobal.RebuildTensor, [TorchStorage storage, long offset, object?[] shape, object?[] strides, ..]) =>
                View(storage, offset, shape, strides),
            (PickleGlobal.RebuildParameter, [TorchView view, ..]) => view,
            (PickleGlobal.Size, [object?[] sizes]) => sizes,
            (PickleGlobal.Device, [string device, ..]) => device,
            ("__builtin__.set" or "builtins.set", [List<object?> items]) => items,
            ("__builtin__.set" or "builtins.set", []) => new List<object?>(),
            _ => throw new PickleException($"calls '{global.Name}' with arguments that it does not take"),
        };
    }

    /// <summary>A storage: <c>('storage', type, key, location, elements)</c>.</summary>
    public static TorchStorage PersistentLoad(object? id) =>
        id is object?[] and ["storage", PickleGlobal type, string key, string, long elements, ..] && elements >= 0
        && TorchStorage.TypeOf(type.Name) is { } elementType
            ? new TorchStorage(elementType, key, elements)
            : throw new PickleException("refers to stored data in a way that is not known");

    private static TorchView View(TorchStorage storage, long offset, object?[] shape, object?[] strides) =>
        shape.All(size => size is long) && strides.All(stride => stride is long)
        && TorchView.Create(
            storage, offset, Array.ConvertAll(shape, size => (long)size!), Array.ConvertAll(strides, size => (long)size!))
        is { } view
            ? view
            : throw new PickleException(
                $"has a tensor of shape ({string.Join(", ", shape.Take(8))}) that does not fit its storage of {storage.Elements} elements");
}
