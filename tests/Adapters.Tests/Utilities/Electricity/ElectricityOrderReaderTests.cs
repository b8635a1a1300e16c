using Integration.Adapters.Http;
using Integration.Adapters.Ports;
using Integration.Adapters.Utilities.Electricity;

namespace Integration.Adapters.Tests.Utilities.Electricity;

/// <summary>What the marketing system says of an order, and what it may not say.</summary>
public class ElectricityOrderReaderTests
{
    private const string Order =
        """{"ddbh":"LEG-1-1","gdbh":"YD1","ddzt":"ZC","fjsl":3,"yscfj":3,"sfqk":"1","qscl":[]}""";

    [Theory]
    [InlineData("\"LEG-1-1\"", "\"LEG-2-1\"", FailureStage.Binding, "ddbh")]
    [InlineData("\"YD1\"", "\"YD2\"", FailureStage.Binding, "gdbh")]
    [InlineData("\"YD1\"", "null", FailureStage.Parse, "field-gdbh")]
    [InlineData("\"ZC\"", "\"XX\"", FailureStage.Parse, "field-ddzt")]
    [InlineData("\"fjsl\":3", "\"fjsl\":\"drei\"", FailureStage.Parse, "field-fjsl")]
    [InlineData("\"yscfj\":3", "\"yscfj\":-1", FailureStage.Parse, "field-yscfj")]
    [InlineData("\"sfqk\":\"1\"", "\"sfqk\":\"\"", FailureStage.Parse, "field-sfqk")]
    [InlineData(",\"qscl\":[]", "", FailureStage.Parse, "field-qscl")]
    public void A_receipt_of_another_order_or_without_what_belongs_there_is_none(
        string part,
        string instead,
        FailureStage stage,
        string code
    )
    {
        var failure = Assert.IsType<Reading<LegReceipt>.Failed>(Read(part, instead)).Failure;
        Assert.Equal((stage, code), (failure.Stage, failure.Code));
    }

    [Theory]
    [InlineData("\"yscfj\":3", "\"yscfj\":3", true)]
    [InlineData("\"yscfj\":3", "\"yscfj\":2", false)]
    [InlineData("\"sfqk\":\"1\"", "\"sfqk\":\"0\"", false)]
    public void It_is_complete_when_all_is_there_and_the_old_was_cleared(
        string part,
        string instead,
        bool isComplete
    ) => Assert.Equal(isComplete, Assert.IsType<Reading<LegReceipt>.Found>(Read(part, instead)).Facts.IsComplete);

    [Fact]
    public void A_cancelled_order_is_taken_back() =>
        Assert.True(Assert.IsType<Reading<LegReceipt>.Found>(Read("\"ZC\"", "\"CX\"")).Facts.IsWithdrawn);

    [Fact]
    public async Task A_former_holder_without_a_name_is_not_asked_about()
    {
        await using var adapters = await AdaptersOnSandbox.StartAsync();
        var answer = await adapters
            .Provider("electricity")
            .PreCheckAsync(
                new TransferQuestion("100001", " "),
                adapters.Request(),
                TestContext.Current.CancellationToken
            );
        var failure = Assert.IsType<AgencyAnswer<TransferCheck>.Unanswered>(answer).Failure;
        Assert.Equal((FailureStage.Question, "former-holder"), (failure.Stage, failure.Code));
        Assert.Empty(await adapters.CallsAsync("electricity"));
    }

    private static Reading<LegReceipt> Read(string part, string instead) =>
        ElectricityOrderReader.Receipt(
            Known.Wire(
                $$"""{"code":"0","data":{{Order.Replace(part, instead, StringComparison.Ordinal)}}}""",
                ElectricityJson.Default.LinkageAnswer
            ),
            Legs.Key(reference: "YD1"),
            mayBeUnknown: true
        );
}
