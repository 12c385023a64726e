using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Husai.Explorer.Hosting;

/// <summary>
/// Lets a request through that only reads, or that a page of this site sends to have contexts computed; that names this machine as its
/// host (other names come from a rebound domain), and carries the token where one is needed.
/// </summary>
internal sealed class RequestGuard(ExplorerOptions options)
{
    private const string CookieName = "husai";
    private const string TokenKey = "token";

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
            + "base-uri 'none'; frame-ancestors 'none'";

    public async Task Invoke(HttpContext context, Func<Task> next)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";

        // Under no-referrer a browser hides the origin of a form of this site too.
        response.Headers["Referrer-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        var isWork = request.Path == PageLinks.ContextsPath;
        if (isWork && !HttpMethods.IsPost(request.Method))
        {
            response.Headers.Allow = "POST";
            await Refuse(
                response, HttpStatusCode.MethodNotAllowed, "The button on a latent's page has contexts computed.").ConfigureAwait(false);
        }
        else if (!isWork && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            response.Headers.Allow = "GET, HEAD";
            await Refuse(response, HttpStatusCode.MethodNotAllowed, "The explorer only reads.").ConfigureAwait(false);
        }
        else if (options.Token is null && !IsThisMachine(request.Host))
        {
            await Refuse(response, HttpStatusCode.BadRequest, "The Host header names another machine.").ConfigureAwait(false);
        }
        else if (isWork && IsFromAnotherSite(request))
        {
            await Refuse(response, HttpStatusCode.BadRequest, "Another site asks for work to be done.").ConfigureAwait(false);
        }
        else if (options.Token is not { } token || AccessToken.IsSame(token, request.Cookies[CookieName]))
        {
            await next().ConfigureAwait(false);
        }
        else if (AccessToken.IsSame(token, request.Query[TokenKey]))
        {
            await LetIn(response, token).ConfigureAwait(false);
        }
        else
        {
            await Refuse(
                response, HttpStatusCode.Unauthorized, "Open the address with the token that 'husai serve' printed.").ConfigureAwait(false);
        }
    }

    // As browsers say it; what is no browser sends neither.
    private static bool IsFromAnotherSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].FirstOrDefault() is "cross-site" or "same-site"
        || (request.Headers.Origin.FirstOrDefault() is { } origin
            && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase));

    private static bool IsThisMachine(HostString host) =>
        string.Equals(host.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    // A page of this site that leads on: after a redirect from another site the browser would keep a strict cookie back.
    private static Task LetIn(HttpResponse response, string token)
    {
        response.Headers.SetCookie = new SetCookieHeaderValue(CookieName, token)
        {
            HttpOnly = true,
            SameSite = Microsoft.Net.Http.Headers.SameSiteMode.Strict,
            Path = "/",
        }.ToString();
        response.ContentType = "text/html; charset=utf-8";
        return response.WriteAsync(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0;url=/\">"
                + "<title>Husai</title></head><body><a href=\"/\">Runs</a></body></html>");
    }

    private static Task Refuse(HttpResponse response, HttpStatusCode code, string reason)
    {
        response.StatusCode = (int)code;
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync(reason + "\n");
    }
}
