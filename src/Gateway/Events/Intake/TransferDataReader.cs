using Integration.Contracts.V1.Events;
using Integration.Gateway.Events.Model;
using Integration.Gateway.JointApplications.Intake;
using Integration.Gateway.JointApplications.Model;
using Integration.Gateway.Platform.Json;
using Integration.Gateway.Policy;

namespace Integration.Gateway.Events.Intake;

/// <summary>
/// Judges what a transfer says, by the rules of the joint form that it becomes. A tick is voluntary, so none is no fault; what is
/// missing for one utility is a gap of its leg, as in the form.
/// </summary>
internal sealed class TransferDataReader(PolicyEdition policy, DateTimeOffset now, FaultList faults)
{
    private const string At = "/data/transfer";

    /// <summary>The property, or null and faults.</summary>
    public string? Check(EventData? data)
    {
        if (data is null)
        {
            faults.Add("/data", "missing", "The data of the event are needed.");
            return null;
        }

        CheckRest(data);
        if (data.Transfer is not { } transfer)
        {
            faults.Add(At, "missing", "What went over, and to whom, is needed.");
            return null;
        }

        CheckForm(transfer);
        if (transfer.Premises is { UnitNumber: null, CertificateNumber: null })
        {
            faults.Add($"{At}/premises/unitNumber", "missing", "The unit number, or else the certificate number.");
        }

        return TransferredProperty.From(transfer.Premises);
    }

    private void CheckForm(EventTransfer transfer)
    {
        var found = new FaultList();
        var form = TransferRequest.Form(transfer, caseId: "transfer"); // the case is known once the property is
        new JointFormReader(form, policy, now, found).Read(wait: null);
        foreach (var fault in found.ToList().Where(fault => fault is not { Pointer: "/utilities", Code: "missing" }))
        {
            faults.Add(fault with { Pointer = fault.Pointer == "/purpose" ? "/type" : $"{At}{fault.Pointer}" });
        }
    }

    /// <summary>What belongs to enterprises.</summary>
    private void CheckRest(EventData data)
    {
        Check("programmeVersion", data.ProgrammeVersion);
        Check("enterprise", data.Enterprise);
        Check("agent", data.Agent);
        Check("premises", data.Premises);
        Check("utilities", data.Utilities);
        Check("items", data.Items);
        Check("consent", data.Consent);

        void Check(string member, object? value)
        {
            if (value is not null)
            {
                faults.Add($"/data/{member}", "unexpected", "What a transfer says stands in /data/transfer.");
            }
        }
    }
}
