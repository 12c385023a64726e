namespace Husai.Formats.Torch;

/// <summary>The name of a Python object that a pickle refers to. It is never looked up: a name is all it can be.</summary>
internal sealed record PickleGlobal(string Name)
{
    private static readonly HashSet<string> Allowed = new(StringComparer.Ordinal)
    {
        OrderedDictionary, RebuildTensor, RebuildParameter, Size, Device, "__builtin__.set", "builtins.set",
        "torch.bool", "torch.uint8", "torch.int8", "torch.int16", "torch.int32", "torch.int64",
        "torch.float16", "torch.bfloat16", "torch.float32", "torch.float64",
    };

    public const string OrderedDictionary = "collections.OrderedDict";
    public const string RebuildTensor = "torch._utils._rebuild_tensor_v2";
    public const string RebuildParameter = "torch._utils._rebuild_parameter";
    public const string Size = "torch.Size";
    public const string Device = "torch.device";

    /// <summary>Whether a state dict of tensors has any business with the name.</summary>
    public static bool IsAllowed(string name) => Allowed.Contains(name) || TorchStorage.TypeOf(name) is not null;

    public override string ToString() => Name;
}
