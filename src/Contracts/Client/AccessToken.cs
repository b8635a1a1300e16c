using System.Text.Json.Serialization;

namespace Integration.Contracts.Client;

/// <summary>Answer of <c>POST /oauth/token</c> (RFC 6749 section 5.1 and 5.2).</summary>
internal sealed record TokenAnswer
{
    [JsonPropertyName("access_token")]
    public string? AccessToken { get; init; }

    [JsonPropertyName("token_type")]
    public string? TokenType { get; init; }

    /// <summary>Seconds.</summary>
    [JsonPropertyName("expires_in")]
    public long ExpiresIn { get; init; }

    [JsonPropertyName("error")]
    public string? Error { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(TokenAnswer);
}

/// <summary>A token and the moment from which it is not used any more.</summary>
internal sealed record AccessToken(string Value, DateTimeOffset UseUntil)
{
    /// <inheritdoc />
    public override string ToString() => nameof(AccessToken);
}

/// <summary>Metadata of the token endpoint's answer, which is not of the gateway's own style.</summary>
[JsonSerializable(typeof(TokenAnswer))]
internal sealed partial class TokenJsonContext : JsonSerializerContext;
