using Integration.Contracts.Client;
using Integration.Contracts.V1.Applications;
using Spectre.Console;

namespace Integration.Try.Scenario;

/// <summary>
/// Four applications through the public API: a resident, a small company, a revoked licence, and a resident while the title
/// agencies are down, whose decision is taken again by itself once they answer.
/// </summary>
internal sealed class MainJob(
    IIntegrationApi api,
    AgencySwitches agencies,
    TryCases cases,
    IAnsiConsole console,
    TimeProvider time
)
{
    private const string Registry = "real-estate";
    private const string Library = "licence-library";

    /// <summary>The agencies are down: there is no point in waiting the full five seconds for them.</summary>
    private const string ShortWait = "wait=2";
    private static readonly TimeSpan PatienceForRecheck = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(500);

    private readonly DecisionTable _table = new(console);

    /// <summary>True when every decision was the expected one.</summary>
    public async Task<bool> RunAsync()
    {
        console.WriteLine();
        console.Write(new Rule("[bold]零证办电 · zero-certificate applications[/]") { Justification = Justify.Left });
        try
        {
            var resident = await ApplyAsync(cases.Resident);
            var company = await ApplyAsync(cases.SmallCompany);
            var revoked = await ApplyAsync(cases.RevokedLicence);
            var down = await ApplyWhileAgenciesAreDownAsync();
            return Close(resident && company && revoked && down);
        }
        catch (IntegrationApiException refusal)
        {
            console.MarkupLineInterpolated($"[red]✗[/] {refusal.Message}");
            return false;
        }
    }

    private void Say(FormattableString text)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[blue]→[/] {FormattableString.Invariant(text)}");
    }

    private bool Close(bool allExpected)
    {
        console.WriteLine();
        console.MarkupLine(
            allExpected
                ? "[green]✓[/] [bold]Every decision was the expected one.[/]"
                : "[red]✗[/] [bold]A decision was not the expected one.[/]"
        );
        return allExpected;
    }

    private async Task<bool> ApplyAsync(TryCase tryCase, string? prefer = null)
    {
        var answer = await api.ApplyAsync(tryCase.Request, idempotencyKey: tryCase.Request.CaseId, prefer);
        return _table.Show(tryCase, answer);
    }

    private async Task<bool> ApplyWhileAgenciesAreDownAsync()
    {
        await agencies.BreakAsync(Registry, "hang");
        await agencies.BreakAsync(Library, "http500");
        Say($"{Registry} does not answer any more, {Library} answers with HTTP 500");
        var tryCase = cases.AgencyDown;
        var accepted = await api.ApplyAsync(tryCase.Request, idempotencyKey: tryCase.Request.CaseId, ShortWait);
        var provisional = _table.Show(tryCase, accepted);
        await agencies.MendAsync(Registry);
        await agencies.MendAsync(Library);
        Say($"Both agencies are back; the application is not sent again");

        var since = time.GetTimestamp();
        var retaken = await WaitForAnotherDecisionAsync(accepted);
        Say($"The gateway asked again by itself; {time.GetElapsedTime(since).TotalSeconds:0.0} s later:");
        return _table.Show(
                tryCase with
                {
                    Title = "4. 同一申请，自动再次核验 · the same application, decided again",
                    Expected = DecisionOutcome.ZeroCertificate,
                },
                retaken
            ) && provisional;
    }

    private async Task<ApplicationResponse> WaitForAnotherDecisionAsync(ApplicationResponse accepted)
    {
        var since = time.GetTimestamp();
        var answer = accepted;
        while (answer.Decision.Outcome == accepted.Decision.Outcome && time.GetElapsedTime(since) < PatienceForRecheck)
        {
            await Task.Delay(PollEvery, time);
            answer = await api.GetApplicationAsync(accepted.ApplicationId);
        }

        return answer;
    }
}
