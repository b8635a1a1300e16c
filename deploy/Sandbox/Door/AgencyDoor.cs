using Integration.Sandbox.Control;

namespace Integration.Sandbox.Door;

/// <summary>Every call to an agency comes through here: read, wait, apply the fault that is switched on, answer, list.</summary>
internal sealed class AgencyDoor(
    SandboxSettings settings,
    FaultSwitchboard faults,
    CallList calls,
    FaultEffects effects
)
{
    public RequestDelegate Open(Agency agency, Operation operation, Func<AgencyCall, ValueTask<Answer>> work) =>
        async http =>
        {
            var call = new AgencyCall(http, await ReadBodyAsync(http.Request), settings.Time.GetUtcNow());
            if (settings.Latency > TimeSpan.Zero)
            {
                // Latency is physical: it passes even when a test stops the agencies' clock.
                await Task.Delay(settings.Latency, TimeProvider.System, http.RequestAborted);
            }

            await SendAsync(http, await PassOnAsync(agency, operation, call, work));
        };

    public RequestDelegate Open(Agency agency, Operation operation, Func<AgencyCall, Answer> work) =>
        Open(agency, operation, call => ValueTask.FromResult(work(call)));

    /// <summary>Hands a call to an agency, or to a provider behind the exchange platform, and lists it.</summary>
    public async ValueTask<Answer> PassOnAsync(
        Agency agency,
        Operation operation,
        AgencyCall call,
        Func<AgencyCall, ValueTask<Answer>> work
    )
    {
        var fault = faults.Take(agency.Name, operation);
        var answer = fault is null ? await work(call) : await effects.ApplyAsync(fault, agency, call, work);
        calls.Add(
            new ListedCall(
                agency.Name,
                operation.Name,
                call.Now,
                answer.Outcome,
                answer.Effective,
                call.IdempotencyKey,
                call.Correlation
            )
        );
        if (answer.Silence is { } silence)
        {
            await silence();
        }

        return answer;
    }

    private static async Task SendAsync(HttpContext http, Answer answer)
    {
        if (answer.IsAborted)
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.ContentType;
        http.Response.ContentLength = answer.Body.Length;
        await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(HttpRequest request)
    {
        if (request.ContentLength is 0)
        {
            return default;
        }

        using var buffer = new MemoryStream((int)(request.ContentLength ?? 1024));
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
