namespace Integration.Gateway.Platform.Json;

/// <summary>A body that was read without a fault.</summary>
/// <param name="Value">What it says.</param>
/// <param name="Sha256">SHA-256 of the bytes as sent, lower hex: what an idempotency key is bound to.</param>
internal sealed record JsonBody<T>(T Value, string Sha256)
    where T : notnull
{
    /// <summary>The value may hold personal data, and its digest may give it away.</summary>
    public override string ToString() => nameof(JsonBody<>);
}
