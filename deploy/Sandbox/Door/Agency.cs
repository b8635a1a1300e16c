namespace Integration.Sandbox.Door;

/// <summary>An agency: what it is called and how it says no. What it does is in the derived class.</summary>
internal abstract class Agency(string name)
{
    public string Name => name;

    /// <summary>Maps the agency's addresses.</summary>
    public virtual void Map(IEndpointRouteBuilder routes, AgencyDoor door) { }

    /// <summary>The agency says that the caller may not have this data.</summary>
    public abstract Answer NotAuthorised(AgencyCall call);

    /// <summary>The agency says that the signature, secret or token is wrong.</summary>
    public abstract Answer SignatureRefused(AgencyCall call);

    /// <summary>Every secret or token issued so far stops being valid.</summary>
    public virtual void ForgetSecrets() { }

    /// <summary>Whether the platform in front of the agency refuses the first call under a forgotten secret.</summary>
    public virtual bool IsRefusedInFront => false;

    /// <summary>Forgets nonces; secrets and tokens stay valid, so that a reset does not look like a fault.</summary>
    public virtual void Reset() { }
}

/// <summary>An operation of an agency.</summary>
/// <param name="Name">As in the call list.</param>
/// <param name="IssuesSecrets">A fault <c>expireSecret</c> does not count calls that fetch a secret or token.</param>
internal sealed record Operation(string Name, bool IssuesSecrets = false);
