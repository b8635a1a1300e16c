using System.Security.Cryptography;
using Integration.Gateway.Platform.OpenApi;
using Integration.Gateway.Platform.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Server.OpenIddictServerHandlers.Exchange;

namespace Integration.Gateway.Callers.Tokens;

/// <summary>
/// <c>POST /oauth/token</c>. OpenIddict reads and answers the protocol; who the client is, is ours, because the callers file
/// is the only record of clients (OpenIddict calls that degraded mode: no store, no token rows).
/// <list type="number">
/// <item><see cref="TokenDoor"/>: form and rates, before OpenIddict;</item>
/// <item><see cref="AssertionKeys"/>: the keys that may have signed an assertion;</item>
/// <item><see cref="ClientAuthentication"/>: secret or assertion, and the certificate where one is due;</item>
/// <item><see cref="TokenIssue"/>: what the token says;</item>
/// <item><see cref="TokenRefusal"/>: refusals as problems.</item>
/// </list>
/// </summary>
internal static class TokenEndpoint
{
    public const string Path = "/oauth/token";

    public static void AddTokenEndpoint(this IServiceCollection services)
    {
        services.Configure<OpenApiOptions>(
            ApiDescription.Document,
            api => api.AddDocumentTransformer<TokenDescription>()
        );
        services.AddSingleton<AssertionRules>();
        services.AddSingleton<TokenRate>();
        services.AddSingleton<TokenDoor>();
        services.AddSingleton<ProvenClients>();
        services.AddSingleton<SecretDerivations>();
        services.AddSingleton<SecretProof>();
        services.AddSingleton<TokenTurn>();
        services
            .AddOpenIddict()
            .AddServer(server =>
            {
                server
                    .EnableDegradedMode()
                    .AllowClientCredentialsFlow()
                    .SetTokenEndpointUris(Path)
                    .SetAccessTokenLifetime(TokenOptions.Lifetime)
                    .DisableAccessTokenEncryption()
                    // OpenIddict insists on a key for tokens that it never makes here.
                    .AddEncryptionKey(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)));
                // A missing proof is a 401 of ClientAuthentication, not a bad request.
                server.RemoveEventHandler(ValidateClientCredentialsParameters.Descriptor);
                server.AddEventHandler(AssertionKeys.Descriptor);
                server.AddEventHandler(ClientAuthentication.Descriptor);
                server.AddEventHandler(TokenIssue.Descriptor);
                server.AddEventHandler(TokenRefusal.Descriptor);
                server.UseAspNetCore();
            });
        services
            .AddOptions<OpenIddictServerOptions>()
            .Configure<IOptions<TokenOptions>, TokenSigningKey, TimeProvider>(
                (server, options, key, time) =>
                {
                    server.Issuer = new Uri(options.Value.Issuer);
                    server.SigningCredentials.Add(key.Credentials);
                    server.TimeProvider = time;
                }
            );
        services
            .AddOptions<OpenIddictServerAspNetCoreOptions>()
            .Configure<IOptions<TokenOptions>>(
                (server, options) => server.DisableTransportSecurityRequirement = options.Value.AllowHttp
            );
    }

    public static void MapTokenEndpoint(this WebApplication app)
    {
        // OpenIddict would otherwise look at every request; as an endpoint it costs the others nothing.
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        app.MapPost(Path, AnswerAsync).AllowAnonymous().WithName("token").ExcludeFromDescription();
    }

    private static async Task AnswerAsync(HttpContext context, IAuthenticationHandlerProvider handlers, TokenDoor door)
    {
        if (await door.RefuseAsync(context) is { } refusal)
        {
            context.Response.Headers.CacheControl = "no-store";
            await refusal.ToProblem().ExecuteAsync(context);
            return;
        }

        var handler = await handlers.GetHandlerAsync(context, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        _ = await ((IAuthenticationRequestHandler)handler!).HandleRequestAsync();
    }
}
