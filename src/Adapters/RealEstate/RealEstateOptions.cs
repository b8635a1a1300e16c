using System.Net;
using Integration.Adapters.Http.Settings;

namespace Integration.Adapters.RealEstate;

/// <summary>The real-estate registry: section <c>Agencies:real-estate</c>.</summary>
internal sealed record RealEstateOptions : AddressedOptions
{
    /// <summary>The most nodes that can share a day's query numbers.</summary>
    private const int MostNodes = 100;

    /// <summary>Our user at the registry.</summary>
    public string UserName { get; init; } = string.Empty;

    /// <summary>Reference to that user's password.</summary>
    public string Password { get; init; } = string.Empty;

    /// <summary>Division we ask for, GB/T 2260, six digits.</summary>
    public string Division { get; init; } = string.Empty;

    /// <summary>Name of the department that asks, as registered there.</summary>
    public string Department { get; init; } = string.Empty;

    /// <summary>Our IP address, as registered there.</summary>
    public string ClientAddress { get; init; } = string.Empty;

    /// <summary>How long a token may be used at most, even if the registry grants more.</summary>
    /// <value>Default 1600 s.</value>
    public TimeSpan TokenLife { get; init; } = TimeSpan.FromSeconds(1600);

    /// <summary>How long before its end a token is renewed.</summary>
    /// <value>Default 60 s; shorter than <see cref="TokenLife"/>.</value>
    public TimeSpan TokenMargin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>This node's number among those that ask under the same division.</summary>
    /// <value>Default 0; below <see cref="Nodes"/>.</value>
    public int Node { get; init; }

    /// <summary>How many nodes ask under the same division; they share a day's query numbers.</summary>
    /// <value>Default 1; at most 100.</value>
    public int Nodes { get; init; } = 1;

    /// <summary>What <see cref="Password"/> refers to.</summary>
    public string RevealPassword() => Reveal(Password);

    /// <inheritdoc />
    public override IEnumerable<string> Faults() =>
        [
            .. base.Faults(),
            .. MissingFaults((UserName, nameof(UserName)), (Department, nameof(Department))),
            .. SecretFaults(Password, nameof(Password)),
            .. RuleFaults(),
        ];

    private IEnumerable<string> RuleFaults()
    {
        (bool Holds, string Rule)[] rules =
        [
            (Division.Length == 6 && Division.All(char.IsAsciiDigit), "Division: six digits are needed"),
            (IPAddress.TryParse(ClientAddress, out _), "ClientAddress: an IP address is needed"),
            (TokenMargin >= TimeSpan.Zero && TokenMargin < TokenLife, "TokenMargin: 0 or more, shorter than TokenLife"),
            (TokenLife <= TimeSpan.FromDays(1), "TokenLife: at most 1 day"),
            (Nodes is >= 1 and <= MostNodes, "Nodes: 1 to 100"),
            (Node >= 0 && Node < Nodes, "Node: 0 or more, below Nodes"),
        ];
        return rules.Where(rule => !rule.Holds).Select(rule => rule.Rule);
    }
}
