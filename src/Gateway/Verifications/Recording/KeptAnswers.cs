using System.Text.Json;
using Integration.Gateway.Platform.Idempotency;
using Integration.Gateway.Platform.Json;

namespace Integration.Gateway.Verifications.Recording;

/// <summary>An answer is written once: the bytes that are kept are the bytes that are sent.</summary>
internal static class KeptAnswers
{
    public static KeptAnswer Of<T>(int status, T answer) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(answer, ApiJson.Of<T>()));

    public static IResult ToResult(this KeptAnswer kept) =>
        Results.Text(kept.Body, "application/json; charset=utf-8", kept.Status);
}
