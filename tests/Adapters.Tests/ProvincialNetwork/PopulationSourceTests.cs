using Integration.Adapters.Ports;

namespace Integration.Adapters.Tests.ProvincialNetwork;

public sealed class PopulationSourceTests : NetworkTests
{
    [Fact]
    public async Task A_name_and_number_that_belong_together_match()
    {
        var answer = await CheckAsync();

        Assert.Equal(new IdentityFacts(NameMatches: true, IsAlive: true), FactsOf(answer));
    }

    [Fact]
    public async Task Another_name_does_not_match() =>
        Assert.False(FactsOf(await CheckAsync(name: "张四")).NameMatches);

    [Fact]
    public async Task A_number_the_registry_does_not_know_is_unknown_and_no_failure() =>
        Assert.IsType<AgencyAnswer<IdentityFacts>.Unknown>(await CheckAsync("421022199001010015"));

    [Fact]
    public async Task A_person_marked_deceased_is_not_alive() =>
        Assert.Equal(
            new IdentityFacts(true, IsAlive: false),
            FactsOf(await CheckAsync("421022194001010098", "已故者"))
        );

    [Theory]
    [InlineData("421022199103050317", "𠮷田䶮")]
    [InlineData("653101198808080229", "阿依努尔·买买提")]
    [InlineData("42102219930412006x", "尾号叉")]
    public async Task Rare_characters_dots_and_a_lower_case_x_survive_the_way(string idNumber, string name) =>
        Assert.True(FactsOf(await CheckAsync(idNumber, name)).NameMatches);

    [Fact]
    public async Task Basic_data_has_the_former_name()
    {
        var facts = FactsOf(await DescribeAsync("421022198209090443"));

        Assert.Equal(("新名字", "旧名字", true), (facts.Name.Value, facts.FormerName?.Value, facts.IsAlive));
    }

    [Fact]
    public async Task Basic_data_without_a_former_name_has_none() =>
        Assert.Null(FactsOf(await DescribeAsync("421022197001010112")).FormerName);

    [Fact]
    public async Task Basic_data_of_an_unknown_number_is_unknown() =>
        Assert.IsType<AgencyAnswer<HouseholdFacts>.Unknown>(await DescribeAsync("421022199001010015"));

    [Fact]
    public async Task The_trace_names_the_call_and_its_digests()
    {
        var answer = await CheckAsync();

        Assert.Equal(
            ("population-registry", "GK_GXFW_SFHC", 1),
            (answer.Trace.Agency, answer.Trace.Operation, answer.Trace.Attempts)
        );
        Assert.Matches("^[0-9a-f]{64}$", answer.Trace.RequestDigest);
        Assert.Matches("^[0-9a-f]{64}$", answer.Trace.AnswerDigest);
        Assert.NotEqual(answer.Trace.RequestDigest, answer.Trace.AnswerDigest);
    }

    [Fact]
    public async Task The_registrys_refusal_is_no_missing_record()
    {
        await FaultAsync("population-registry", "refuse");

        var refused = Assert.IsType<AgencyAnswer<IdentityFacts>.Refused>(await CheckAsync());
        Assert.Equal(FailureStage.Authorisation, refused.Failure.Stage);
    }

    [Fact]
    public async Task A_wrong_registry_password_is_the_registrys_fault_answer()
    {
        Adapters.SetSecret("population-registry:Password", "wrong");

        Assert.Equal(FailureStage.Envelope, FailureOf(await CheckAsync()).Stage);
    }

    [Theory]
    [InlineData("exchange-platform")]
    [InlineData("population-registry")]
    public async Task An_old_key_is_renewed_once_and_the_call_sent_once_more(string agency)
    {
        await CheckAsync();
        await FaultAsync(agency, "expireSecret");

        var answer = await CheckAsync();

        Assert.True(FactsOf(answer).NameMatches);
        Assert.Equal(2, answer.Trace.Attempts);
        Assert.Equal(2, await CallsAsync("refreshappsecret"));
    }

    [Fact]
    public async Task A_signature_refused_again_is_a_secret_failure_after_two_sends()
    {
        await FaultAsync("population-registry", "wrongSignature");

        var answer = await CheckAsync();

        Assert.Equal(FailureStage.Secret, FailureOf(answer).Stage);
        Assert.Equal(2, answer.Trace.Attempts);
    }

    [Fact]
    public async Task Every_kind_of_spoilt_answer_is_no_answer()
    {
        Adapters.Set("population-registry:Limits:Retries", "0");
        await FaultAsync("population-registry", "malformed");
        for (var turn = 0; turn < 4; turn++)
        {
            Assert.Equal((FailureStage.Parse, FailureSide.Agency), StageAndSide(FailureOf(await CheckAsync())));
        }
    }

    private static (FailureStage, FailureSide) StageAndSide(AgencyFailure failure) => (failure.Stage, failure.Side);
}
