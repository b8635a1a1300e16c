namespace Integration.Testing.Drivers;

/// <summary>The agencies' fault switches and call list.</summary>
public sealed class SandboxDriver(Uri sandbox) : IAsyncDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = sandbox };

    /// <summary>Switches a fault on; see <c>docs/spec/sandbox.md</c>.</summary>
    public async Task Break(string agency, string fault, double? seconds = null, int? count = null)
    {
        using var answer = await _http.PostAsJsonAsync(
            "/sandbox/faults",
            new
            {
                agency,
                fault,
                seconds,
                count,
            }
        );
        answer.EnsureSuccessStatusCode();
    }

    public Task Mend(string agency) => Break(agency, "none");

    /// <summary>Clears calls, faults and nonces; newborn companies are newborn again.</summary>
    public async Task Reset()
    {
        using var answer = await _http.PostAsync("/sandbox/reset", content: null);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<IReadOnlyList<AgencyCallSeen>> Calls() =>
        await _http.GetFromJsonAsync<List<AgencyCallSeen>>("/sandbox/calls") ?? [];

    /// <summary>Calls of one agency, oldest first.</summary>
    public async Task<IReadOnlyList<AgencyCallSeen>> CallsOf(string agency) =>
        [.. (await Calls()).Where(call => call.Agency == agency)];

    /// <summary>Loads an event that the municipal system gives when it is asked; the message is given out as it is.</summary>
    public async Task Load(string source, string uscc, long? sequence, DateTimeOffset at, byte[] message)
    {
        using var answer = await _http.PostAsJsonAsync(
            "/sandbox/events",
            sequence is null
                ? (object)
                    new
                    {
                        source,
                        uscc,
                        time = at,
                        message = Convert.ToBase64String(message),
                    }
                : new
                {
                    source,
                    uscc,
                    sequence,
                    time = at,
                    message = Convert.ToBase64String(message),
                }
        );
        answer.EnsureSuccessStatusCode();
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>A call as an agency saw it.</summary>
public sealed record AgencyCallSeen(
    string Agency,
    string Operation,
    DateTimeOffset At,
    string Outcome,
    bool Effective,
    string? IdempotencyKey,
    string? Correlation
);
