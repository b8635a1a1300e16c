using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;

namespace Integration.Adapters.LicenceLibrary;

/// <summary>Reads the library's answer: envelope, then licences, then binding to the holder and the type asked for.</summary>
internal static class LicenceLibraryReader
{
    private const string Success = "0";
    private const string AuthenticationFailed = "11";
    private const string NotAuthorised = "12";

    /// <summary>All licences of the kind asked for, possibly none, and the rows that cannot be read: whether one of them matters is up to the question.</summary>
    /// <param name="answer">As received.</param>
    /// <param name="kind">The kind asked for.</param>
    /// <param name="holderCode">The holder asked for, in normal form.</param>
    public static WireRead<LicencesFound> Read(LicenceAnswer answer, LicenceKind kind, string holderCode)
    {
        if (FailureIn(answer.Head) is { } failure)
        {
            return failure;
        }

        return WireJson
            .ReadRows(answer.Data, LicenceLibraryJson.Default.IReadOnlyListLicenceRow)
            .Then(rows => ReadRows(rows, kind, holderCode));
    }

    private static AgencyFailure? FailureIn(LicenceAnswerHead? head) =>
        head?.Status switch
        {
            null => WireFailure.Structure("status"),
            Success => null,
            AuthenticationFailed or NotAuthorised => WireFailure.Credentials(head.Status),
            _ => WireFailure.Envelope(head.Status),
        };

    private static WireRead<LicencesFound> ReadRows(IReadOnlyList<LicenceRow> rows, LicenceKind kind, string holderCode)
    {
        var licences = new List<Licence>(rows.Count);
        var unreadable = new List<(string?, AgencyFailure)>();
        foreach (var row in rows)
        {
            if (!Licence.Read(row).Succeeded(out var licence, out var failure))
            {
                unreadable.Add((row.CertificateNumber, failure));
                continue;
            }

            if (licence.Holders.All(holder => !WirePartyCode.MayBe(holderCode, holder.Code)))
            {
                return WireFailure.Binding("certificateHolderCode");
            }

            if (licence.Kind == kind)
            {
                licences.Add(licence);
            }
            else if (licence.Kind != LicenceKind.RegistrationProof)
            {
                return WireFailure.Binding("certificateType");
            }
        }

        return new LicencesFound(licences, unreadable);
    }
}
