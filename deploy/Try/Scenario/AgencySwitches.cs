namespace Integration.Try.Scenario;

/// <summary>The switches of the sandbox agencies: faults, and providers that work by themselves.</summary>
internal sealed class AgencySwitches(Uri sandbox) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = sandbox };

    public Task BreakAsync(string agency, string fault) => PostAsync(agency, fault);

    public Task MendAsync(string agency) => PostAsync(agency, "none");

    /// <summary>Legs at a provider make a step each time the gateway asks for them.</summary>
    /// <returns>False: the sandbox has no such provider.</returns>
    public async Task<bool> WalkAsync(string utility, bool on)
    {
        using var answer = await _http.PostAsJsonAsync("/sandbox/legs/auto", new { utility, on });
        return answer.IsSuccessStatusCode;
    }

    public void Dispose() => _http.Dispose();

    private async Task PostAsync(string agency, string fault)
    {
        using var answer = await _http.PostAsJsonAsync("/sandbox/faults", new { agency, fault });
        answer.EnsureSuccessStatusCode();
    }
}
