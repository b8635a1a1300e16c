using Integration.Adapters.Http;
using Integration.Adapters.Http.Wire;
using Integration.Adapters.Ports;
using Integration.Contracts.V1.JointApplications;
using Microsoft.Extensions.Options;

namespace Integration.Adapters.Utilities.Television;

/// <summary>
/// The television company: nothing but files. What we put into the box is answered by a file that may be there at once or much
/// later; as long as it is not, all that is known is that ours was put.
/// </summary>
internal sealed class TelevisionAgency(TelevisionBox box, IOptions<TelevisionOptions> options) : ICalledProvider
{
    public const string Name = "television";

    private static readonly ProviderOperations s_operations = new(Name);
    private static readonly AgencyOperation s_receipt = new(Name, "receipt", IsIdempotentRead: true);
    private static readonly AgencyOperation s_file = new(Name, "file", IsIdempotentRead: true);

    /// <summary>Its answer is not there yet. It may come: the next question finds it.</summary>
    private static readonly AgencyFailure s_notYet = new(FailureStage.Envelope, FailureSide.Agency, "no-file-yet");

    public string Agency => Name;

    public Utility Utility => Utility.Television;

    public UtilityHabits Habits { get; } =
        new() { Delivery = LegDeliveryHabit.Called, PollEvery = options.Value.PollEvery };

    /// <summary>Puts the order; the receipt, if there is one already, says more.</summary>
    public async Task<AgencyAnswer<LegReceipt>> SendAsync(
        LegOrder order,
        AgencyRequest request,
        CancellationToken cancellationToken
    )
    {
        var put = await box.PutAsync(
            s_operations.Order,
            TelevisionFileWriter.OrderName(order.Leg),
            TelevisionFileWriter.Order(order),
            order.Leg.Key,
            request,
            cancellationToken
        );
        return
            put is AgencyAnswer<LegReceipt>.Found
            && await ReadReceiptAsync(order.Leg, request, cancellationToken)
                is AgencyAnswer<BoxReceipt>.Found { Facts.IsThere: true } found
            ? Told(found)
            : put;
    }

    /// <summary>First whether our file still lies there, then the receipt: the company writes the one before it takes the other away.</summary>
    public async Task<AgencyAnswer<LegReceipt>> FindAsync(
        LegKey leg,
        AgencyRequest request,
        CancellationToken cancellationToken
    )
    {
        var lying = await box.GetUnfetchedAsync(
            s_operations.Find,
            TelevisionFileWriter.OrderName(leg),
            CallKeys.Find(leg),
            file => TelevisionReader.OurOrder(file, leg),
            request,
            cancellationToken
        );
        if (lying is not (AgencyAnswer<LegReceipt>.Found or AgencyAnswer<LegReceipt>.Unknown))
        {
            return lying;
        }

        var receipt = await ReadReceiptAsync(leg, request, cancellationToken);
        return receipt switch
        {
            AgencyAnswer<BoxReceipt>.Found found => Told(found),
            AgencyAnswer<BoxReceipt>.Unknown => lying,
            _ => Failed<BoxReceipt, LegReceipt>(receipt),
        };
    }

    /// <summary>Puts a second file that takes the first one back; as long as no receipt says so, it is not taken back.</summary>
    public async Task<AgencyAnswer<LegReceipt>> WithdrawAsync(
        LegKey leg,
        AgencyRequest request,
        CancellationToken cancellationToken
    )
    {
        var put = await box.PutAsync(
            s_operations.Withdraw,
            TelevisionFileWriter.CancelName(leg),
            TelevisionFileWriter.Cancel(leg),
            CallKeys.Withdrawal(leg),
            request,
            cancellationToken
        );
        return
            put is AgencyAnswer<LegReceipt>.Found
            && await ReadReceiptAsync(leg, request, cancellationToken) is AgencyAnswer<BoxReceipt>.Found found
            ? Told(found)
            : put;
    }

    /// <summary>Lists what came out for the leg, and reads every status of it.</summary>
    public async Task<AgencyAnswer<IReadOnlyList<ProviderStatus>>> GetStatusesAsync(
        LegKey leg,
        AgencyRequest request,
        CancellationToken cancellationToken
    )
    {
        var key = CallKeys.Statuses(leg);
        var prefix = TelevisionFileWriter.Prefix(leg);
        var listed = await box.ListAsync(s_operations.Statuses, prefix, key, request, cancellationToken);
        if (listed is not AgencyAnswer<IReadOnlyList<string>>.Found { Facts: var names })
        {
            return Failed<IReadOnlyList<string>, IReadOnlyList<ProviderStatus>>(listed);
        }

        if (names.Count == 0 && await FindAsync(leg, request, cancellationToken) is AgencyAnswer<LegReceipt>.Unknown)
        {
            return new AgencyAnswer<IReadOnlyList<ProviderStatus>>.Unknown(listed.Trace);
        }

        var statuses = new List<ProviderStatus>();
        foreach (var name in names)
        {
            if (TelevisionFileWriter.StatusNumber(leg, name) is not { } number)
            {
                continue;
            }

            var read = await ReadAnswerAsync(
                name,
                key,
                file => TelevisionReader.Status(file, number, leg),
                request,
                cancellationToken
            );
            if (read is not AgencyAnswer<ProviderStatus>.Found { Facts: var status })
            {
                return Failed<ProviderStatus, IReadOnlyList<ProviderStatus>>(read);
            }

            statuses.Add(status);
        }

        return new AgencyAnswer<IReadOnlyList<ProviderStatus>>.Found(listed.Trace, statuses);
    }

    public async Task<AgencyAnswer<VisitReply>> OfferVisitAsync(
        LegKey leg,
        VisitSlot slot,
        AgencyRequest request,
        CancellationToken cancellationToken
    )
    {
        var key = CallKeys.Visit(leg, slot);
        var name = TelevisionFileWriter.VisitName(leg, slot);
        var file = TelevisionFileWriter.Visit(leg, slot);
        var put = await box.PutAsync(s_operations.Visit, name, file, key, request, cancellationToken);
        return put is AgencyAnswer<LegReceipt>.Found
            ? await ReadAnswerAsync(
                name,
                key,
                answer => TelevisionReader.Visit(answer, leg, slot),
                request,
                cancellationToken
            )
            : Failed<LegReceipt, VisitReply>(put);
    }

    public async Task<AgencyAnswer<TransferCheck>> PreCheckAsync(
        TransferQuestion question,
        AgencyRequest request,
        CancellationToken cancellationToken
    )
    {
        var key = request.RequestId;
        var name = TelevisionFileWriter.CheckName(request);
        var file = TelevisionFileWriter.Check(question);
        var put = await box.PutAsync(s_operations.PreCheck, name, file, key, request, cancellationToken);
        return put is AgencyAnswer<LegReceipt>.Found
            ? await ReadAnswerAsync(
                name,
                key,
                answer => TelevisionReader.Check(answer, question),
                request,
                cancellationToken
            )
            : Failed<LegReceipt, TransferCheck>(put);
    }

    private Task<AgencyAnswer<BoxReceipt>> ReadReceiptAsync(
        LegKey leg,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) =>
        box.GetAsync(
            s_receipt,
            TelevisionFileWriter.ReceiptName(leg),
            CallKeys.Find(leg),
            file => TelevisionReader.Receipt(file, leg),
            new Reading<BoxReceipt>.Unknown(),
            request,
            cancellationToken
        );

    private Task<AgencyAnswer<TFacts>> ReadAnswerAsync<TFacts>(
        string name,
        string key,
        Func<BoxFile, Reading<TFacts>> read,
        AgencyRequest request,
        CancellationToken cancellationToken
    ) => box.GetAsync(s_file, name, key, read, s_notYet, request, cancellationToken);

    private static AgencyAnswer<LegReceipt> Told(AgencyAnswer<BoxReceipt>.Found found) =>
        found.Facts.IsThere
            ? new AgencyAnswer<LegReceipt>.Found(found.Trace, found.Facts.Receipt)
            : new AgencyAnswer<LegReceipt>.Unknown(found.Trace);

    /// <summary>What kept one file from us keeps the whole answer from us.</summary>
    private static AgencyAnswer<TFacts> Failed<TOther, TFacts>(AgencyAnswer<TOther> answer) =>
        answer switch
        {
            AgencyAnswer<TOther>.Refused refused => new AgencyAnswer<TFacts>.Refused(refused.Trace, refused.Failure),
            AgencyAnswer<TOther>.Unanswered none => new AgencyAnswer<TFacts>.Unanswered(none.Trace, none.Failure),
            _ => new AgencyAnswer<TFacts>.Unanswered(answer.Trace, WireFailure.Field("file")),
        };
}
