using Integration.Adapters.Ports;
using Integration.Gateway.Callers;
using Integration.Gateway.Clocks;
using Integration.Gateway.Platform.Problems;

namespace Integration.Gateway.Limits;

/// <summary>
/// Lets an authenticated request on, or turns it away, before anything is done. What costs or consumes least comes first,
/// and a refusal gives back what was taken before it:
/// <code>
/// caller at once ──▶ caller a second ──▶ all callers at once ──▶ caller a day
///      429                 429                   503                   429
/// </code>
/// Operators are not shed: who has to end an overload must get in. Their own limits hold.
/// </summary>
internal sealed class CallerLimiting(
    RequestDelegate next,
    CallerGates gates,
    LoadShedding load,
    IDailyQuotas quotas,
    LimitMetrics metrics,
    TimeProvider time
)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<CallerContext>() is not { } caller)
        {
            await next(context);
            return;
        }

        if (gates.Find(caller.Caller.Id) is not { } gate)
        {
            await Refusal.Unauthenticated.ToProblem().ExecuteAsync(context);
            return;
        }

        caller = caller with
        {
            Priority = RequestPriority.From(gate.Limits.Priority, context.Request.Headers[RequestPriority.HeaderName]),
        };
        context.Features.Set(caller);
        await EnterAsync(context, caller, gate);
    }

    private async Task EnterAsync(HttpContext context, CallerContext caller, CallerGate gate)
    {
        using var place = gate.TakePlace();
        if (place is null)
        {
            await RefuseAsync(context, caller, "caller-at-once", gate.NoPlace());
            return;
        }

        if (gate.CountSecond() is { } tooFast)
        {
            await RefuseAsync(context, caller, "caller-rate", tooFast);
            return;
        }

        using var room = caller.Caller.Kind == CallerKind.Ops ? null : load.TakePlace(caller.Priority);
        if (room is null && caller.Caller.Kind != CallerKind.Ops)
        {
            gate.GiveSecondBack();
            await RefuseAsync(context, caller, "load", Refusal.Overloaded);
            return;
        }

        if (await CountDayAsync(gate, context.RequestAborted) is { } usedUp)
        {
            gate.GiveSecondBack();
            await RefuseAsync(context, caller, "caller-day", usedUp);
            return;
        }

        await next(context);
    }

    private async ValueTask<Refusal?> CountDayAsync(CallerGate gate, CancellationToken cancellationToken)
    {
        if (gate.PerDay is not { } perDay)
        {
            return null;
        }

        return await quotas.TakeAsync(gate.DayName, perDay, cancellationToken) switch
        {
            DailyTake.Taken => null,
            DailyTake.UsedUp => Refusal.QuotaExhausted(perDay, ChinaTime.UntilTomorrow(time.GetUtcNow())),
            _ => Refusal.Unavailable,
        };
    }

    private Task RefuseAsync(HttpContext context, CallerContext caller, string limit, Refusal refusal)
    {
        metrics.Refused(limit, caller.Caller.Kind);
        return refusal.ToProblem().ExecuteAsync(context);
    }
}
