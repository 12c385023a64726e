using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Husai.Reporting.Pages;

/// <summary>Writes components as whole pages, which need no script.</summary>
internal static class PageRenderer
{
    /// <summary>Writes one page.</summary>
    /// <typeparam name="TPage">The component whose root is <c>html</c>.</typeparam>
    /// <param name="parameters">Its parameters by name.</param>
    public static string Render<TPage>(IReadOnlyDictionary<string, object?> parameters)
        where TPage : IComponent
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var view = ParameterView.FromDictionary(parameters.ToDictionary(entry => entry.Key, entry => entry.Value));
        return "<!DOCTYPE html>\n" + Render<TPage>(view).GetAwaiter().GetResult();
    }

    private static async Task<string> Render<TPage>(ParameterView parameters)
        where TPage : IComponent
    {
        var services = new ServiceCollection().BuildServiceProvider();
        await using (services.ConfigureAwait(false))
        {
            var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
            await using (renderer.ConfigureAwait(false))
            {
                return await renderer.Dispatcher
                    .InvokeAsync(async () => (await renderer.RenderComponentAsync<TPage>(parameters).ConfigureAwait(true)).ToHtmlString())
                    .ConfigureAwait(false);
            }
        }
    }
}
