using Integration.Sandbox.Door;

namespace Integration.Sandbox.Control;

/// <summary>What each fault does to a call.</summary>
internal sealed class FaultEffects(MalformedAnswers malformed, IHostApplicationLifetime lifetime)
{
    private const string ErrorPage = "<html><head><title>500</title></head><body>服务器内部错误</body></html>";

    public async ValueTask<Answer> ApplyAsync(
        Fault fault,
        Agency agency,
        AgencyCall call,
        Func<AgencyCall, ValueTask<Answer>> work
    )
    {
        var outcome = $"fault:{FaultNames.For(fault.Kind)}";
        switch (fault.Kind)
        {
            case FaultKind.Delay:
                await Task.Delay(fault.Delay, TimeProvider.System, call.Aborted);
                return await work(call);
            case FaultKind.Hang:
                await SilenceAsync(fault, call);
                return Answer.Aborted(outcome);
            case FaultKind.Reset:
                return Answer.Aborted(outcome);
            case FaultKind.Http500:
                return Answer.Text(outcome, StatusCodes.Status500InternalServerError, "text/html", ErrorPage);
            case FaultKind.Malformed:
                return malformed.Spoil(await work(call)) with { Outcome = outcome };
            case FaultKind.Refuse:
                return agency.NotAuthorised(call) with { Outcome = outcome };
            case FaultKind.WrongSignature:
                return agency.SignatureRefused(call) with { Outcome = outcome };
            case FaultKind.ExpireSecret:
                agency.ForgetSecrets();
                return agency.SignatureRefused(call) with { Outcome = outcome };
            case FaultKind.AnswerLost:
                // What the call did is done, and listed before the silence begins.
                return (await work(call)).Lost(outcome, () => SilenceAsync(fault, call));
            default:
                // duplicateStatus and outOfOrder are up to those that have statuses to tell.
                call.Disorder = fault.Kind;
                return await work(call);
        }
    }

    /// <summary>Until the caller gives up, the fault is cleared, its time is over or the sandbox stops.</summary>
    private async Task SilenceAsync(Fault fault, AgencyCall call)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            call.Aborted,
            fault.Cleared,
            lifetime.ApplicationStopping
        );
        await Task.Delay(fault.Silence, TimeProvider.System, end.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
