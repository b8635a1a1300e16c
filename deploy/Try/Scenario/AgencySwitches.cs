namespace Integration.Try.Scenario;

/// <summary>The fault switchboard of the sandbox agencies.</summary>
internal sealed class AgencySwitches(Uri sandbox) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = sandbox };

    public Task Break(string agency, string fault) => Post(agency, fault);

    public Task Mend(string agency) => Post(agency, "none");

    public void Dispose() => _http.Dispose();

    private async Task Post(string agency, string fault)
    {
        using var answer = await _http.PostAsJsonAsync("/sandbox/faults", new { agency, fault });
        answer.EnsureSuccessStatusCode();
    }
}
