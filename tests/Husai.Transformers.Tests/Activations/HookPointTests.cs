using Husai.Transformers.Activations;

namespace Husai.Transformers.Tests.Activations;

public sealed class HookPointTests
{
    [Theory]
    [InlineData(ActivationSite.Embed, 0, "hook_embed")]
    [InlineData(ActivationSite.ResidPre, 1, "blocks.1.hook_resid_pre")]
    [InlineData(ActivationSite.AttnOut, 2, "blocks.2.hook_attn_out")]
    [InlineData(ActivationSite.ResidMid, 3, "blocks.3.hook_resid_mid")]
    [InlineData(ActivationSite.MlpHidden, 0, "blocks.0.mlp.hook_post")]
    [InlineData(ActivationSite.MlpOut, 12, "blocks.12.hook_mlp_out")]
    [InlineData(ActivationSite.ResidPost, 0, "blocks.0.hook_resid_post")]
    public void Names_are_those_of_TransformerLens(ActivationSite site, int layer, string name)
    {
        var hook = new HookPoint(site, layer);

        Assert.Equal(name, hook.Name);
        Assert.Equal(hook, HookPoint.Parse(name));
    }

    [Theory]
    [InlineData("blocks.0.resid_post", ActivationSite.ResidPost)]
    [InlineData("blocks.0.mlp_hidden", ActivationSite.MlpHidden)]
    [InlineData("blocks.0.embed", ActivationSite.Embed)]
    public void Names_of_earlier_studies_are_understood(string name, ActivationSite site) =>
        Assert.Equal(new HookPoint(site, 0), HookPoint.Parse(name));

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
