using System.Diagnostics;
using System.Security.Cryptography;
using Integration.Adapters.Http.Settings;
using Integration.Adapters.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Adapters.Http.Keys;

/// <summary>
/// Where an agency hands out its call keys or tokens. It has a caller of its own, so that a key can be fetched while all
/// places of the agency itself are taken by calls that wait for that key.
/// </summary>
internal static class KeyService
{
    private const int RequestIdCharacters = 32;

    /// <summary>
    /// A keyed <see cref="AgencyCaller"/> under the limits of <typeparamref name="TOptions"/>, with places of its own. Its
    /// requests are not counted against the agency's rate and day; they rest when the agency does.
    /// </summary>
    public static IServiceCollection AddKeyService<TOptions>(
        this IServiceCollection services,
        string service,
        string agency
    )
        where TOptions : AgencyOptions =>
        services.AddAgencyCaller<TOptions>(
            service,
            [service, agency],
            limits => limits with { PerSecond = null, Burst = null, PerDay = null }
        );

    /// <summary>One key, within the limits' total time, however long the callers that need it may wait.</summary>
    /// <exception cref="AgencyFaultException">It could not be had: stage <see cref="FailureStage.Secret"/>, or <see cref="FailureStage.Authorisation"/> where the agency
    /// says so.</exception>
    public static async Task<TKey> FetchAsync<TWire, TKey>(
        AgencyCaller caller,
        AgencyOperation operation,
        AgencyLimits limits,
        TimeProvider time,
        Func<AgencyCall, CancellationToken, Task<TWire>> send,
        Func<TWire, Reading<TKey>> read
    )
    {
        var request = new AgencyRequest(
            CaseId: string.Empty,
            RandomNumberGenerator.GetHexString(RequestIdCharacters, lowercase: true),
            AgencyRequest.OfGateway,
            Purpose: "call-key",
            time.GetUtcNow() + limits.TotalTime
        );
        return await caller.AskAsync(operation, request, send, read, CancellationToken.None) switch
        {
            AgencyAnswer<TKey>.Found found => found.Facts,
            AgencyAnswer<TKey>.Refused refused => throw new AgencyFaultException(refused.Failure),
            AgencyAnswer<TKey>.Unanswered { Failure: var failure } => throw new AgencyFaultException(
                failure with
                {
                    Stage = FailureStage.Secret,
                }
            ),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>A key is renewed before its end; a short-lived one at half its life.</summary>
    public static DateTimeOffset UsableUntil(DateTimeOffset end, TimeSpan margin, DateTimeOffset now)
    {
        var half = (end - now) / 2;
        return end - (half < margin ? half : margin);
    }
}
