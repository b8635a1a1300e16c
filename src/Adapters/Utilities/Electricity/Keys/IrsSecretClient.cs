using System.Text.Json;
using Integration.Adapters.Http;
using Refit;

namespace Integration.Adapters.Utilities.Electricity.Keys;

/// <summary>Secret service of the IRS dialect.</summary>
internal interface IIrsSecretClient
{
    /// <summary>Signed under the app secret.</summary>
    [Post("/irs/refreshTokenByKey")]
    Task<IrsSecretAnswer> RefreshByKeyAsync(
        [Property(IrsSecretSigner.Secret)] string secret,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );

    /// <summary>Signed under the refresh secret.</summary>
    [Post("/irs/refreshTokenBySec")]
    Task<IrsSecretAnswer> RefreshBySecretAsync(
        [Property(IrsSecretSigner.Secret)] string secret,
        [Property(AgencyCall.Option)] AgencyCall call,
        CancellationToken cancellationToken
    );
}

internal sealed record IrsSecretAnswer(string? Code, JsonElement Datas);

/// <summary>End times in epoch milliseconds, as text or number.</summary>
internal sealed record IrsSecrets(
    string? RefreshSecret,
    string? RefreshSecretEndTime,
    string? RequestSecret,
    string? RequestSecretEndTime
)
{
    /// <inheritdoc />
    public override string ToString() => nameof(IrsSecrets);
}
