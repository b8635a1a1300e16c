using System.Security.Cryptography;
using System.Text.Json.Serialization.Metadata;
using Integration.Gateway.Platform.FreeTexts;
using Integration.Gateway.Platform.Http;
using Integration.Gateway.Platform.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace Integration.Gateway.Platform.Json;

/// <summary>
/// Reads the JSON body of a request as a <see cref="StrictDocument"/>, and looks for personal data in its free texts.
/// </summary>
internal static class StrictJson
{
    /// <summary>1 MiB, where the server sets no limit of its own (<c>Http:MaxBodyBytes</c>).</summary>
    public const long DefaultMaxBytes = 1024 * 1024;

    /// <summary>Reads, checks and understands a body.</summary>
    /// <param name="request">Its body is read to the end, or to the server's limit.</param>
    /// <param name="type">The wire type; its metadata says what may stand where.</param>
    /// <param name="understand">
    /// Judges the meaning: adds faults and returns null, or returns what the request asks for. It also sees what is left of
    /// a body with structural faults, and headers may be judged here too, so that the caller gets one list.
    /// </param>
    /// <returns>
    /// The command and the digest of the bytes, or a refusal: 400 with all faults, 413 <c>body-too-large</c>, 415
    /// <c>unsupported-media-type</c>.
    /// </returns>
    public static async ValueTask<Result<JsonBody<TCommand>>> ReadAsync<T, TCommand>(
        HttpRequest request,
        JsonTypeInfo<T> type,
        Func<T, FaultList, TCommand?> understand
    )
        where T : class
        where TCommand : class
    {
        if (RequestBytes.Refused(request, "application/json") is { } unsupported)
        {
            return unsupported;
        }

        var limit =
            request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? DefaultMaxBytes;
        return await RequestBytes.ReadAsync(request, limit) is { } body
            ? Understand(body, type, understand)
            : Refusal.BodyTooLarge(limit);
    }

    /// <summary>The same over bytes that were already read.</summary>
    public static Result<JsonBody<TCommand>> Understand<T, TCommand>(
        ReadOnlySpan<byte> body,
        JsonTypeInfo<T> type,
        Func<T, FaultList, TCommand?> understand
    )
        where T : class
        where TCommand : class
    {
        var (command, faults) = StrictDocument.Read(
            body,
            type,
            (value, found) =>
            {
                BodyTexts.Check(value, type, found);
                return understand(value, found);
            }
        );
        return command is null
            ? Refusal.RequestInvalid(faults)
            : new JsonBody<TCommand>(command, Convert.ToHexStringLower(SHA256.HashData(body)));
    }
}
