using Integration.Adapters.Ports;

namespace Integration.Adapters.Http.Diagnosis;

/// <summary>
/// Looks at an agency's addresses side by side, each step by step:
/// <code>
/// dns ──▶ tcp ──▶ tls (https only) ──▶ clock        and once for the agency: secret
/// </code>
/// A step that depends on a failed one is skipped. Nothing is sent that could be a question.
/// </summary>
internal sealed class AgencyDiagnosis(IEnumerable<DiagnosisTarget> targets, TimeProvider time) : IAgencyDiagnosis
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(15);

    public async Task<IReadOnlyList<DiagnosisStep>?> RunAsync(string agency, CancellationToken cancellationToken)
    {
        if (targets.FirstOrDefault(target => target.Agency == agency) is not { } target)
        {
            return null;
        }

        using var longest = new CancellationTokenSource(s_longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, longest.Token);
        var addresses = target.Addresses.Select(address => LookAsync(target, address, either.Token));
        var secret = new StepClock(HostOf(target.Addresses[0]), time).RunAsync(
            "secret",
            cancelled => SecretStep.LookAsync(target.Secret, cancelled),
            either.Token
        );
        var steps = await Task.WhenAll(addresses);
        cancellationToken.ThrowIfCancellationRequested();
        return [.. steps.SelectMany(step => step), await secret];
    }

    private static string HostOf(Uri address) => $"{address.IdnHost}:{address.Port}";

    private async Task<IReadOnlyList<DiagnosisStep>> LookAsync(
        DiagnosisTarget target,
        Uri address,
        CancellationToken cancellationToken
    )
    {
        const string Unreached = "Not tried: an earlier step failed.";
        var clock = new StepClock(HostOf(address), time);
        using var connection = new ConnectionSteps(address, target.ConnectTime, time);
        var steps = new List<DiagnosisStep> { await clock.RunAsync("dns", connection.ResolveAsync, cancellationToken) };
        steps.Add(
            Held(steps)
                ? await clock.RunAsync("tcp", connection.ConnectAsync, cancellationToken)
                : clock.Skip("tcp", Unreached)
        );
        steps.Add(
            address.Scheme != Uri.UriSchemeHttps
                ? clock.Skip("tls", "The address is http: nothing is encrypted on this way.")
            : Held(steps) ? await clock.RunAsync("tls", connection.EncryptAsync, cancellationToken)
            : clock.Skip("tls", Unreached)
        );
        steps.Add(
            Held(steps)
                ? await clock.RunAsync(
                    "clock",
                    cancelled => ClockStep.LookAsync(address, target.ConnectTime, time, cancelled),
                    cancellationToken
                )
                : clock.Skip("clock", Unreached)
        );
        return steps;
    }

    private static bool Held(List<DiagnosisStep> steps) =>
        steps.TrueForAll(step => step.State != DiagnosisState.Failed);
}
