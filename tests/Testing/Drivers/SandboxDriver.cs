namespace Integration.Testing.Drivers;

/// <summary>The agencies' fault switches and call list.</summary>
public sealed class SandboxDriver(Uri sandbox) : IAsyncDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = sandbox };

    /// <summary>Switches a fault on; see <c>docs/spec/sandbox.md</c>.</summary>
    public async Task BreakAsync(
        string agency,
        string fault,
        double? seconds = null,
        int? count = null,
        string? operation = null
    )
    {
        using var answer = await _http.PostAsJsonAsync(
            "/sandbox/faults",
            new
            {
                agency,
                fault,
                seconds,
                count,
                operation,
            }
        );
        answer.EnsureSuccessStatusCode();
    }

    public Task MendAsync(string agency) => BreakAsync(agency, "none");

    /// <summary>Clears calls, faults and nonces; newborn companies are newborn again.</summary>
    public async Task ResetAsync()
    {
        using var answer = await _http.PostAsync("/sandbox/reset", content: null);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<IReadOnlyList<AgencyCallSeen>> CallsAsync() =>
        await _http.GetFromJsonAsync<List<AgencyCallSeen>>("/sandbox/calls") ?? [];

    /// <summary>Calls of one agency, oldest first.</summary>
    public async Task<IReadOnlyList<AgencyCallSeen>> CallsOfAsync(string agency) =>
        [.. (await CallsAsync()).Where(call => call.Agency == agency)];

    /// <summary>Loads an event that the municipal system gives when it is asked; the message is given out as it is.</summary>
    public Task LoadAsync(string source, string uscc, long? sequence, DateTimeOffset at, byte[] message) =>
        LoadAsync(source, ("uscc", uscc), sequence, at, message);

    /// <summary>The same of any stream: <c>uscc</c>, <c>unitNumber</c> or <c>certificateNumber</c>, and its value.</summary>
    public async Task LoadAsync(
        string source,
        (string Member, string Value) stream,
        long? sequence,
        DateTimeOffset at,
        byte[] message
    )
    {
        var body = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["source"] = source,
            [stream.Member] = stream.Value,
            ["time"] = at,
            ["message"] = Convert.ToBase64String(message),
        };
        if (sequence is { } number)
        {
            body.Add("sequence", number);
        }

        using var answer = await _http.PostAsJsonAsync("/sandbox/events", body);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Moves a leg at its provider; polling finds it. Null members are left out.</summary>
    /// <param name="utility"><c>electricity | water | gas | television</c>.</param>
    /// <param name="legIdOrKey">The leg's number, or the key of one sending.</param>
    /// <param name="code">A state in camel case, or a code of the provider's own.</param>
    /// <param name="more">Further members: <c>at</c>, <c>statusId</c>, <c>detail</c>, <c>who</c>, <c>missing</c>, <c>fees</c>.</param>
    public Task TellAsync(string utility, string legIdOrKey, string code, params (string Name, object Value)[] more) =>
        OrderAsync("/sandbox/legs", [("utility", utility), ("legId", legIdOrKey), ("code", code), .. more]);

    /// <summary>Whether every leg of the provider walks by itself, one state at each look, from accepted to closed.</summary>
    public Task WalkAsync(string utility, bool on = true) =>
        OrderAsync("/sandbox/legs/auto", [("utility", utility), ("on", on)]);

    /// <summary>Opens an account at a provider.</summary>
    /// <param name="utility">Where.</param>
    /// <param name="account">Its number.</param>
    /// <param name="holder"><c>former | other</c>: whose name it runs under.</param>
    /// <param name="arrears">Whether something is owed.</param>
    public Task OpenAccountAsync(string utility, string account, string holder = "former", bool arrears = false) =>
        OrderAsync(
            "/sandbox/accounts",
            [("utility", utility), ("account", account), ("holder", holder), ("arrears", arrears)]
        );

    /// <summary>Whether the provider comes to visits from now on.</summary>
    public Task ConfirmVisitsAsync(string utility, bool confirms) =>
        OrderAsync("/sandbox/visits", [("utility", utility), ("confirms", confirms)]);

    /// <summary>What the providers have, in the order in which it came.</summary>
    public async Task<IReadOnlyList<LegSeen>> LegsAsync() =>
        await _http.GetFromJsonAsync<List<LegSeen>>("/sandbox/legs") ?? [];

    /// <summary>What one provider has.</summary>
    public async Task<IReadOnlyList<LegSeen>> LegsOfAsync(string utility) =>
        [.. (await LegsAsync()).Where(leg => leg.Utility == utility)];

    private async Task OrderAsync(string path, IEnumerable<(string Name, object Value)> members)
    {
        using var answer = await _http.PostAsJsonAsync(
            path,
            members.ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal)
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

/// <summary>A leg as a provider holds it: names only, no value of the form.</summary>
/// <param name="Complete">Every attachment that was announced has come.</param>
/// <param name="Fields">Fields of the form that were filled, by the form's names.</param>
/// <param name="Codes">Its statuses, in the provider's codes, in the order in which they happened.</param>
public sealed record LegSeen(
    string Utility,
    string Key,
    string LegId,
    string Reference,
    bool Withdrawn,
    bool Complete,
    IReadOnlyList<string> Fields,
    IReadOnlyList<string> Proofs,
    IReadOnlyList<string> Papers,
    IReadOnlyList<string> Codes
);
