using Husai.Transformers.Activations;

namespace Husai.Transformers.Tests.Activations;

public sealed class HookPointTests
{
    [Theory]
    [InlineData(nameof(ActivationSite.Embed), 0, "hook_embed")]
    [InlineData(nameof(ActivationSite.ResidPre), 1, "blocks.1.hook_resid_pre")]
    [InlineData(nameof(ActivationSite.AttnOut), 2, "blocks.2.hook_attn_out")]
    [InlineData(nameof(ActivationSite.ResidMid), 3, "blocks.3.hook_resid_mid")]
    [InlineData(nameof(ActivationSite.MlpHidden), 0, "blocks.0.mlp.hook_post")]
    [InlineData(nameof(ActivationSite.MlpOut), 12, "blocks.12.hook_mlp_out")]
    [InlineData(nameof(ActivationSite.ResidPost), 0, "blocks.0.hook_resid_post")]
    public void Names_are_those_of_TransformerLens(string siteName, int layer, string name)
    {
        var site = Enum.Parse<ActivationSite>(siteName);
        var hook = new HookPoint(site, layer);

        Assert.Equal(name, hook.Name);
        Assert.Equal(hook, HookPoint.Parse(name));
    }

    [Theory]
    [InlineData("blocks.0.resid_post", nameof(ActivationSite.ResidPost))]
    [InlineData("blocks.0.mlp_hidden", nameof(ActivationSite.MlpHidden))]
    [InlineData("blocks.0.embed", nameof(ActivationSite.Embed))]
    public void Names_of_earlier_studies_are_understood(string name, string siteName) =>
        Assert.Equal(new HookPoint(Enum.Parse<ActivationSite>(siteName), 0), HookPoint.Parse(name));

    [Theory]
    [InlineData("")]
    [InlineData("blocks")]
    [InlineData("blocks.")]
    [InlineData("blocks.0")]
    [InlineData("blocks.0.")]
    [InlineData("blocks.x.hook_resid_post")]
    [InlineData("blocks.-1.hook_resid_post")]
    [InlineData("blocks.99999999999.hook_resid_post")]
    [InlineData("blocks.0.attn.hook_z")]
    [InlineData("model.layers.3.mlp")]
    public void Other_names_are_at_no_site(string name) => Assert.Null(HookPoint.Parse(name));
}
