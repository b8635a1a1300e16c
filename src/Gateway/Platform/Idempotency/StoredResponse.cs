using System.Text.Json;
using Integration.Contracts;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Platform.Idempotency;

/// <summary>A successful answer as it goes over the wire, written once: what was signed is what is kept and sent.</summary>
/// <param name="Status">A 2xx status.</param>
/// <param name="Body">The JSON as sent.</param>
internal sealed record StoredResponse(int Status, byte[] Body)
{
    public static StoredResponse Ok(byte[] body) => new(StatusCodes.Status200OK, body);

    public static StoredResponse Created(byte[] body) => new(StatusCodes.Status201Created, body);

    /// <summary>200 with an answer as the API's JSON, or the refusal.</summary>
    public static Result<StoredResponse> Ok<T>(Result<T> result)
        where T : notnull =>
        result.Succeeded(out var answer, out var refusal)
            ? Ok(JsonSerializer.SerializeToUtf8Bytes(answer, IntegrationJson.Options))
            : refusal;

    public IResult ToResult() => Results.Text(Body, "application/json; charset=utf-8", Status);
}
