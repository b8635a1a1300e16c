using Integration.Sandbox.Door;

namespace Integration.Sandbox.Agencies.Exchange;

/// <summary>An agency that is reached through the exchange platform only; its secrets are the platform's.</summary>
internal abstract class ExchangeProvider(string name, CallSecrets secrets) : Agency(name)
{
    /// <summary>The service codes and what each serves.</summary>
    public abstract IReadOnlyDictionary<string, Operation> Services { get; }

    public override bool IsRefusedInFront => true;

    public override void ForgetSecrets()
    {
        foreach (var sid in Services.Keys)
        {
            secrets.Forget(sid);
        }
    }
}
