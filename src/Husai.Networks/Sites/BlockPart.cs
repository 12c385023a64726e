using System.Globalization;
using System.Text.RegularExpressions;

namespace Husai.Networks.Sites;

/// <summary>A part of a block, such as the weights of its attention's output.</summary>
/// <param name="Layer">The block, from 0 on.</param>
/// <param name="Role">Which part.</param>
internal sealed partial record BlockPart(int Layer, BlockRole Role)
{
    /// <summary>
    /// Reads the name of a weight, node or tensor, such as <c>encoder.layer.3.attention.output.dense.bias</c> or
    /// <c>/model/layers.3/mlp/down_proj/MatMul_output_0</c>; null where it names no block.
    /// </summary>
    public static BlockPart? Parse(string name) =>
        Block().Match(name) is { Success: true } block
            && int.TryParse(block.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var layer)
            ? new BlockPart(layer, RoleOf(name[(block.Index + block.Length)..])) : null;

    private static BlockRole RoleOf(string rest)
    {
        var isAttention = Attention().IsMatch(rest);
        return Norm().IsMatch(rest) ? BlockRole.Norm
            : isAttention && AttentionOutput().IsMatch(rest) ? BlockRole.AttentionOutput
            : !isAttention && MlpOutput().IsMatch(rest) ? BlockRole.MlpOutput
            : BlockRole.Other;
    }

    [GeneratedRegex(@"(?:^|[./_])(?:layers?|h|blocks?|resblocks)[./_](\d+)(?=[./_]|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Block();

    [GeneratedRegex("attn|attention", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Attention();

    [GeneratedRegex(@"norm|[./_]ln_?\w*[./]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Norm();

    [GeneratedRegex(
        @"output[./]dense|out_proj|o_proj|c_proj|out_lin|attention[./]dense|to_out|[./]o[./]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AttentionOutput();

    [GeneratedRegex(
        @"output[./]dense|fc2|fc_out|c_proj|down_proj|lin2|linear2|dense_4h_to_h|[./]wo[./]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MlpOutput();
}

/// <summary>The parts of a block that say where its sites are.</summary>
internal enum BlockRole
{
    Other,
    AttentionOutput,
    MlpOutput,
    Norm,
}
