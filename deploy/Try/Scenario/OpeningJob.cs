using Integration.Contracts.Client;
using Integration.Contracts.V1.Applications;
using Integration.Contracts.V1.Cases;
using Integration.Contracts.V1.Events;
using Spectre.Console;

namespace Integration.Try.Scenario;

/// <summary>
/// A municipal system pushes an enterprise-opening event; the gateway acknowledges it, opens the application by itself, starts
/// the clocks and tells the hall.
/// </summary>
internal sealed class OpeningJob(
    MunicipalSystem municipal,
    EventBook book,
    IIntegrationApi hall,
    ApiClient hallHttp,
    HallHook hook,
    IAnsiConsole console,
    TimeProvider time
)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_pollEvery = TimeSpan.FromMilliseconds(200);

    private readonly EventTables _tables = new(console);

    /// <summary>True when everything came about that should.</summary>
    public async Task<bool> RunAsync()
    {
        console.WriteLine();
        console.Write(new Rule("[bold]企业开办 9210 · enterprise-opening event[/]") { Justification = Justify.Left });
        try
        {
            var since = time.GetUtcNow();
            var receipt = await PushAsync();
            return await ShowAcceptanceAsync(receipt)
                && await ShowClocksAsync(receipt)
                && await ShowNoticeAsync(receipt, since);
        }
        catch (Exception refusal) when (refusal is IntegrationApiException or RefusedException)
        {
            return Fail($"{refusal.Message}");
        }
    }

    private async Task<EventReceipt> PushAsync()
    {
        var (sequence, content) = book.Next();
        Say(
            $"{municipal.Name} signs event {sequence} with its certificate and pushes it; the gateway acknowledges it:"
        );
        var receipt = await municipal.PushAsync(content);
        book.Acknowledged(sequence, receipt);
        _tables.Show(receipt);
        return receipt;
    }

    private async Task<bool> ShowAcceptanceAsync(EventReceipt receipt)
    {
        var done = await EventuallyAsync(
            () => municipal.WhatBecameOfAsync(receipt),
            answer => answer.State is EventState.Processed or EventState.DeadLetter
        );
        if (done is not { State: EventState.Processed, ApplicationId: { } applicationId })
        {
            return Fail($"The event was not accepted: {done.State} {done.Result}");
        }

        var took = (done.ProcessedAt ?? time.GetUtcNow()) - receipt.ReceivedAt;
        Say($"Accepted by itself {took.TotalSeconds:0.0} s later ({done.Type}: {done.Result}):");
        var title = new TryCase(
            "5. 企业开办事件，自动受理 · an enterprise-opening event, accepted by itself",
            new ApplicationRequest(),
            DecisionOutcome.ZeroCertificate
        );
        return new DecisionTable(console).Show(title, await hall.GetApplicationAsync(applicationId));
    }

    private async Task<bool> ShowClocksAsync(EventReceipt receipt)
    {
        var found = await hallHttp.GetAsync<CaseResponse>($"/v1/cases/{receipt.CaseId}");
        Say($"The clocks of the case:");
        _tables.Show(found);
        return true;
    }

    private async Task<bool> ShowNoticeAsync(EventReceipt receipt, DateTimeOffset since)
    {
        if (await hook.NextOfAsync(receipt.CaseId, since, s_patience) is not { } verified)
        {
            return Fail($"No notice of the case arrived within {s_patience.TotalSeconds} s.");
        }

        Say($"The hall's web-hook was told, and checked the signature:");
        _tables.Show(verified);
        console.WriteLine();
        console.MarkupLine("[green]✓[/] [bold]The event was accepted and the hall was told.[/]");
        return true;
    }

    private async Task<T> EventuallyAsync<T>(Func<Task<T>> read, Func<T, bool> isDone)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            var answer = await read();
            if (isDone(answer) || time.GetElapsedTime(since) > s_patience)
            {
                return answer;
            }

            await Task.Delay(s_pollEvery, time);
        }
    }

    private void Say(FormattableString text)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[blue]→[/] {FormattableString.Invariant(text)}");
    }

    private bool Fail(FormattableString text)
    {
        console.MarkupLineInterpolated($"[red]✗[/] {FormattableString.Invariant(text)}");
        return false;
    }
}
