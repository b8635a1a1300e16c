using Integration.Gateway.Callers;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Platform.Protection;
using Integration.Gateway.Verifications.Comparing;

namespace Integration.Gateway.JointApplications.Places;

/// <summary>Who applies through whom for which place, as keyed hashes.</summary>
/// <param name="CallerId">The caller.</param>
/// <param name="Claimed">The caller, the kind, and everything the applicant is said to be.</param>
/// <param name="Applicant">The kind and the applicant's number.</param>
/// <param name="Place">The place.</param>
/// <param name="IsProven">
/// Whether the registers confirm the applicant, and the title where one is given. Only then is the place the applicant's, whichever
/// caller asks; before, a form is compared with forms of the same caller that say the same of the applicant, and blocks no other.
/// </param>
internal sealed record PlaceClaim(
    string CallerId,
    SubjectHash Claimed,
    SubjectHash Applicant,
    PlaceKey Place,
    bool IsProven
)
{
    /// <summary>The claim of a form.</summary>
    /// <param name="caller">Who hands the form in.</param>
    /// <param name="form">The form.</param>
    /// <param name="title">The title that the registry confirmed; null: none.</param>
    /// <param name="isProven">Whether every proof is there.</param>
    /// <param name="vault">Makes the hashes.</param>
    public static PlaceClaim Create(
        Caller caller,
        JointForm form,
        TitleReference? title,
        bool isProven,
        PersonalDataVault vault
    )
    {
        var kind = JsonNames.From(form.Kind);
        var applicant = form.Applicant;
        IEnumerable<string> said =
        [
            caller.Id,
            kind,
            applicant.Code,
            applicant.Name.Value,
            applicant.Person?.IdNumber.Value ?? string.Empty,
            .. applicant.Representatives.Select(name => name.Value),
        ];
        var address = vault.HashOf("joint-address", AddressText.Normalise(form.Address));
        var place = new PlaceKey(Unit: null, Certificate: null, address).With(NumbersOf(form.Premises.Title, vault));
        return new PlaceClaim(
            caller.Id,
            vault.HashOf("joint-claimed", string.Join('\n', said)),
            vault.HashOf("joint-applicant", $"{kind}\n{applicant.Code}"),
            title is null ? place : place.With(NumbersOf(title, vault)),
            isProven
        );
    }

    /// <summary>The numbers of a title.</summary>
    public static (SubjectHash? Unit, SubjectHash? Certificate) NumbersOf(
        TitleReference title,
        PersonalDataVault vault
    ) =>
        (
            title.Unit is { } unit ? vault.HashOf("joint-unit", unit.Value) : null,
            title.Certificate is { } certificate ? vault.HashOf("joint-certificate", certificate.Value) : null
        );
}
