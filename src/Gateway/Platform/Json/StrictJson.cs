using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Integration.Gateway.Platform.FreeTexts;
using Integration.Gateway.Platform.Http;
using Integration.Gateway.Platform.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace Integration.Gateway.Platform.Json;

/// <summary>
/// Reads a JSON body and lists everything that is wrong with it at once: structure (by the type's metadata), personal data
/// in free texts, and meaning (by the caller of this class). Nothing is repaired, nothing is guessed.
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
    public static async ValueTask<Result<JsonBody<TCommand>>> Read<T, TCommand>(
        HttpRequest request,
        JsonTypeInfo<T> type,
        Func<T, FaultList, TCommand?> understand
    )
        where T : class
        where TCommand : class
    {
        if (!RequestBytes.IsPlain(request, "application/json"))
        {
            return Refusal.UnsupportedMediaType;
        }

        var limit =
            request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? DefaultMaxBytes;
        return await RequestBytes.Read(request, limit) is { } body
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
        if (JsonSyntax.FirstFault(body) is { } syntaxFault)
        {
            return Refusal.RequestInvalid([syntaxFault]);
        }

        var shape = BodyShape.Of(type);
        var faults = new FaultList();
        BodyWalk.Check(body, shape, faults);
        if (!faults.IsEmpty)
        {
            JudgeRemainder(body, shape, type, understand, faults);
            return Refusal.RequestInvalid(faults.ToList());
        }

        var value = JsonSerializer.Deserialize(body, type)!;
        BodyTexts.Check(value, type, faults);
        var command = understand(value, faults);
        if (!faults.IsEmpty)
        {
            return Refusal.RequestInvalid(faults.ToList());
        }

        return new JsonBody<TCommand>(
            command ?? throw new InvalidOperationException($"No fault and no {typeof(TCommand).Name}."),
            Convert.ToHexStringLower(SHA256.HashData(body))
        );
    }

    private static void JudgeRemainder<T, TCommand>(
        ReadOnlySpan<byte> body,
        BodyShape shape,
        JsonTypeInfo<T> type,
        Func<T, FaultList, TCommand?> understand,
        FaultList faults
    )
        where T : class
    {
        var remainder = BodyWalk.Keep(body, shape);
        if (remainder.Body?.Deserialize(type) is not { } value)
        {
            return;
        }

        var faultsOfMeaning = new FaultList();
        BodyTexts.Check(value, type, faultsOfMeaning);
        understand(value, faultsOfMeaning);
        foreach (var fault in faultsOfMeaning.ToList())
        {
            if (remainder.AsSent(fault) is { } asSent)
            {
                faults.Add(asSent);
            }
        }
    }
}
