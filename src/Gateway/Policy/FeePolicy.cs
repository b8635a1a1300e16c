using Integration.Contracts.Identifiers.Folding;
using Integration.Contracts.V1.JointApplications;

namespace Integration.Gateway.Policy;

/// <summary>What a provider may charge for a connection.</summary>
internal sealed record FeePolicy
{
    /// <summary>Fees that no provider may charge, under any name.</summary>
    public required IReadOnlyList<ForbiddenFee> Forbidden { get; init; }

    /// <summary>Fees that are charged by rule.</summary>
    public required IReadOnlyList<AllowedFee> Allowed { get; init; }

    /// <summary>Who may charge nothing that is not in <see cref="Allowed"/>.</summary>
    public required IReadOnlyList<Utility> NothingElse { get; init; }

    public required string LegalReference { get; init; }

    /// <summary>
    /// Why a fee may not be charged; null: it may. Names are compared without blanks, signs and width, so that a hyphen or a bracket
    /// hides nothing; a fee that contains a forbidden word is forbidden with any other words beside it.
    /// </summary>
    public FeeObjection? ObjectionTo(Utility utility, string? name)
    {
        var written = Normal(name);
        return Forbidden.FirstOrDefault(fee =>
                fee.Concerns(utility) && fee.Words.Any(word => written.Contains(Normal(word)))
            )
                is { } forbidden
                ? new FeeObjection(forbidden.Name, forbidden.LegalReference)
            : !NothingElse.Contains(utility) ? null
            : Allowed.Any(fee => fee.Utilities.Contains(utility) && Normal(fee.Name) == written) ? null
            : new FeeObjection("许可目录以外的收费", LegalReference);
    }

    /// <summary>Letters and digits only, in one width and case.</summary>
    public static string Normal(string? name) =>
        string.Concat(CharacterFolding.Compatible(name ?? string.Empty).Where(char.IsLetterOrDigit)).ToLowerInvariant();
}

/// <summary>A fee that may not be charged.</summary>
/// <param name="Name">What it is usually called.</param>
/// <param name="Words">Any of them in a name makes it this fee.</param>
/// <param name="Utilities">Whose it is; null: that of every utility.</param>
/// <param name="LegalReference">What it rests on.</param>
internal sealed record ForbiddenFee(
    string Name,
    IReadOnlyList<string> Words,
    IReadOnlyList<Utility>? Utilities,
    string LegalReference
)
{
    public bool Concerns(Utility utility) => Utilities?.Contains(utility) ?? true;
}

/// <summary>A fee that is charged by rule.</summary>
internal sealed record AllowedFee(string Name, IReadOnlyList<Utility> Utilities, string LegalReference);

/// <summary>Why a fee may not be charged.</summary>
/// <param name="Name">The entry of the policy that it falls under.</param>
/// <param name="LegalReference">What that rests on.</param>
internal sealed record FeeObjection(string Name, string LegalReference);
