using System.Text.Json;
using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.Identifiers;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.ProvincialNetwork.BusinessLicence;

/// <summary>Makes facts of the register's answers, bound to the code that was asked for.</summary>
internal sealed class BusinessLicenceReader(IOptions<BusinessLicenceOptions> options, ExchangeRefusal refusal)
{
    private readonly BusinessLicenceOptions _options = options.Value;

    public Reading<BusinessLicenceFacts> Facts(EnterpriseAnswer answer, CreditCode asked)
    {
        if (FailureIn(answer) is { } failure)
        {
            return failure;
        }

        if (
            !WireJson
                .ReadRows(answer.Data, BusinessLicenceJson.Default.IReadOnlyListEnterpriseRow)
                .Succeeded(out var rows, out var unreadable)
        )
        {
            return unreadable;
        }

        if (!rows.All(row => IsCode(row.Uniscid, asked)))
        {
            return WireFailure.Binding("uniscid");
        }

        return rows switch
        {
            [] => new Reading<BusinessLicenceFacts>.Unknown(),
            [var row] => Facts(row),
            _ => new Reading<BusinessLicenceFacts>.Several(rows.Count),
        };
    }

    public Reading<BusinessLicenceComparison> Comparison(EnterpriseAnswer answer, BusinessLicenceClaim claim)
    {
        if (FailureIn(answer) is { } failure)
        {
            return failure;
        }

        if (answer.Data.ValueKind == JsonValueKind.Null)
        {
            return new Reading<BusinessLicenceComparison>.Unknown();
        }

        if (answer.Data.ValueKind != JsonValueKind.Object)
        {
            return WireFailure.Structure("data");
        }

        if (
            !WireJson
                .Read(answer.Data, BusinessLicenceJson.Default.EnterpriseComparison)
                .Succeeded(out var compared, out var unreadable)
        )
        {
            return unreadable;
        }

        if (compared is not { RegstateCn: { } state, Differences: { } differences } || differences.Contains(null!))
        {
            return WireFailure.Field(compared.RegstateCn is null ? "regstateCn" : "differences");
        }

        if (CreditCode.Parse(compared.Index).IsValid && !IsCode(compared.Index, claim.CreditCode))
        {
            return WireFailure.Binding("ent_idx");
        }

        return differences.Any(difference => IsAboutAnother(difference, claim))
            ? WireFailure.Binding("in_val")
            : new BusinessLicenceComparison(
                state,
                differences.All(difference => difference.Key != "entname"),
                differences.All(difference => difference.Key != "name")
            );
    }

    private AgencyFailure? FailureIn(EnterpriseAnswer answer)
    {
        if (answer.Code == _options.SuccessCode)
        {
            return null;
        }

        return refusal.FromCode(answer.Code)
            ?? (
                answer.Code == _options.NotAuthorisedCode
                    ? WireFailure.Credentials(answer.Code)
                    : WireFailure.Envelope(answer.Code)
            );
    }

    private static Reading<BusinessLicenceFacts> Facts(EnterpriseRow row)
    {
        var isNameless = WirePartyName.IsHidden(row.Entname) && WirePartyName.MayBeMissing(row.Uniscid);
        var name = PartyName.Parse(row.Entname);
        var isOperatorHidden = WirePartyName.IsHidden(row.Name);
        var representative = PartyName.Parse(row.Name);
        return (name.IsValid || isNameless, representative.IsValid || isOperatorHidden, row.RegstateCn) switch
        {
            (false, _, _) => WireFailure.Field("entname"),
            (_, false, _) => WireFailure.Field("name"),
            (_, _, null) => WireFailure.Field("regstateCn"),
            (_, _, var state) => new BusinessLicenceFacts(
                isNameless ? null : name.Value,
                isOperatorHidden ? null : representative.Value,
                state,
                WireDate.Parse(row.Estdate),
                EnterpriseTerms.Size(row.EntscaleCn),
                EnterpriseTerms.IsStateOwned(row.EnttypeCn)
            ),
        };
    }

    private static bool IsCode(string? text, CreditCode asked) =>
        string.Equals(text, asked.Value, StringComparison.OrdinalIgnoreCase);

    private static bool IsAboutAnother(EnterpriseDifference difference, BusinessLicenceClaim claim) =>
        difference.Key switch
        {
            "entname" => difference.Asked != claim.Name.Value,
            "name" => difference.Asked != claim.LegalRepresentative.Value,
            _ => false,
        };
}
