using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Integration.Gateway.Platform.Problems;
using Integration.Gateway.Signatures;
using Microsoft.Extensions.Time.Testing;

namespace Integration.Gateway.Tests.Signatures;

/// <summary>Chain, validity and revocation, on a clock that moves.</summary>
public sealed class SignerTrustTests : IDisposable
{
    private static readonly byte[] s_content = "{\"id\":\"E-1\"}"u8.ToArray();
    private static readonly Authority s_authority = new();
    private static readonly X509Certificate2 s_certificate = s_authority.Issue();

    private readonly string _folder = Directory.CreateTempSubdirectory("signatures-").FullName;
    private readonly FakeTimeProvider _time = new(Authority.Now);
    private readonly Judging _judging;

    public SignerTrustTests() => _judging = new Judging(_time);

    private static X509EnhancedKeyUsageExtension Purposes(string[] purposes) =>
        new([.. purposes.Select(purpose => new Oid(purpose))], critical: false);

    private string ListFile => Path.Combine(_folder, "list.crl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_expired_certificate_and_one_that_is_not_yet_valid_sign_nothing()
    {
        var now = Authority.Now;
        var certificate = s_authority.Issue(from: now.AddHours(1), until: now.AddDays(2));
        var signer = s_authority.Register(certificate);

        Refuses("validity", certificate, signer);
        _time.SetUtcNow(signer.ValidFrom);
        Accepts(certificate, signer);
        _time.SetUtcNow(signer.ValidUntil.AddSeconds(-1));
        Accepts(certificate, signer);
        _time.Advance(TimeSpan.FromSeconds(1));
        Refuses("validity", certificate, signer);
    }

    [Fact]
    public void A_certificate_from_another_root_is_refused_though_it_is_registered()
    {
        var other = new Authority("CN=Another CA");
        var sameName = new Authority();
        var stranger = other.Issue();
        var lookAlike = sameName.Issue();

        Refuses("chain", stranger, other.Register(stranger) with { Roots = [s_authority.Certificate] });
        Refuses("chain", lookAlike, sameName.Register(lookAlike) with { Roots = [s_authority.Certificate] });
        Refuses("chain", stranger, other.Register(stranger) with { Roots = [] });
        Accepts(stranger, other.Register(stranger) with { Roots = [s_authority.Certificate, other.Certificate] });
    }

    [Fact]
    public void A_self_signed_certificate_is_no_root_of_itself_unless_it_is_pinned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=municipal-9210", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true)
        );
        var certificate = request.CreateSelfSigned(Authority.Now.AddDays(-1), Authority.Now.AddDays(9));
        var signer = s_authority.Register(certificate);

        Refuses("chain", certificate, signer);
        Accepts(certificate, signer with { Roots = [certificate] });
    }

    [Fact]
    public void An_authority_in_between_is_pinned_too_and_is_no_root()
    {
        var root = new Authority("CN=Root", pathLength: 1);
        var between = new Authority("CN=Between", root);
        var certificate = between.Issue();
        var signer = between.Register(certificate);

        Refuses("chain", certificate, signer with { Roots = [root.Certificate] });
        Refuses("chain", certificate, signer with { Roots = [between.Certificate] });
        Refuses("chain", certificate, signer with { Roots = [between.Certificate] }, [root.Certificate.RawData]);
    }

    [Fact]
    public void Roots_and_authorities_in_between_lead_to_the_signer()
    {
        var root = new Authority("CN=Root", pathLength: 1);
        var between = new Authority("CN=Between", root);
        var certificate = between.Issue();

        Accepts(certificate, between.Register(certificate) with { Roots = [root.Certificate, between.Certificate] });
        Refuses(
            "chain",
            certificate,
            between.Register(certificate) with
            {
                Roots = [root.Certificate],
            },
            [between.Certificate.RawData]
        );
    }

    [Fact]
    public void A_certificate_signed_with_SHA1_is_refused()
    {
        var certificate = s_authority.Issue(hash: HashAlgorithmName.SHA1);

        Refuses("chain", certificate, s_authority.Register(certificate));
    }

    [Fact]
    public void The_certificate_is_for_signatures()
    {
        Accepts(X509KeyUsageFlags.NonRepudiation);
        Refuses(X509KeyUsageFlags.KeyEncipherment);
        Refuses(X509KeyUsageFlags.KeyCertSign);
        Refuses(usage: null);

        void Accepts(X509KeyUsageFlags usage)
        {
            var certificate = s_authority.Issue(usage: usage);
            this.Accepts(certificate, s_authority.Register(certificate));
        }

        void Refuses(X509KeyUsageFlags? usage)
        {
            var certificate = s_authority.Issue(usage: usage);
            this.Refuses("key-usage", certificate, s_authority.Register(certificate));
        }
    }

    [Theory]
    [InlineData("2.5.29.37.0")]
    [InlineData("1.3.6.1.5.5.7.3.4")]
    [InlineData("1.3.6.1.5.5.7.3.36")]
    [InlineData("1.3.6.1.5.5.7.3.3")]
    [InlineData("1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.4")]
    public void A_certificate_that_is_for_signing_among_others_signs(params string[] purposes)
    {
        var certificate = s_authority.Issue(more: [Purposes(purposes)]);

        Accepts(certificate, s_authority.Register(certificate));
    }

    [Theory]
    [InlineData("1.3.6.1.5.5.7.3.1")]
    [InlineData("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2")]
    [InlineData("1.3.6.1.5.5.7.3.8")]
    [InlineData("1.3.6.1.5.5.7.3.9")]
    [InlineData("1.2.3.4.5")]
    public void A_certificate_that_is_for_other_purposes_only_signs_nothing(params string[] purposes)
    {
        var certificate = s_authority.Issue(more: [Purposes(purposes)]);

        Refuses("extended-key-usage", certificate, s_authority.Register(certificate));
    }

    [Fact]
    public void The_certificate_of_an_authority_signs_nothing()
    {
        var authority = s_authority.Issue(more: [new X509BasicConstraintsExtension(true, false, 0, critical: true)]);
        var issuing = s_authority.Issue(usage: X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign);
        var none = s_authority.Issue(more: [new X509BasicConstraintsExtension(false, false, 0, critical: true)]);

        Refuses("authority", authority, s_authority.Register(authority));
        Refuses("authority", issuing, s_authority.Register(issuing));
        Accepts(none, s_authority.Register(none));
    }

    [Fact]
    public void A_certificate_whose_use_cannot_be_read_signs_nothing()
    {
        var broken = s_authority.Issue(more: [new X509Extension("2.5.29.37", [0x30, 0x05, 0x06], critical: false)]);

        Refuses("key-usage", broken, s_authority.Register(broken));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_revoked_certificate_signs_nothing_from_the_second_in_which_the_list_says_so(bool pem)
    {
        var signer = WithList(s_authority.List(_time.GetUtcNow(), _time.GetUtcNow().AddDays(1)), pem);
        Accepts(s_certificate, signer);

        _time.Advance(TimeSpan.FromSeconds(2));
        Put(s_authority.List(_time.GetUtcNow(), _time.GetUtcNow().AddDays(1), 2, s_certificate), pem);

        Refuses("revoked", s_certificate, signer);
        var other = s_authority.Issue();
        Accepts(other, s_authority.Register(other, list: signer.RevocationList));
    }

    [Fact]
    public void A_list_out_of_date_is_relied_on_for_an_hour_and_no_second_longer()
    {
        var end = Seconds(_time.GetUtcNow().AddDays(1));
        var signer = WithList(s_authority.List(_time.GetUtcNow(), end));
        Accepts(s_certificate, signer);

        _time.SetUtcNow(end);
        Accepts(s_certificate, signer);
        Assert.False(_judging.Trust.StandingOf(signer).IsInGrace);
        _time.SetUtcNow(end.AddSeconds(1));
        Accepts(s_certificate, signer);
        Assert.True(_judging.Trust.StandingOf(signer).IsInGrace);
        _time.SetUtcNow(end.AddHours(1));
        Accepts(s_certificate, signer);
        _time.SetUtcNow(end.AddHours(1).AddSeconds(1));
        var refusal = Refuses("revocation-data", s_certificate, signer);

        // The gateway's fault: a sender that sends again loses nothing.
        Assert.Equal((503, "unavailable", "gateway"), (refusal.Status, refusal.Code, refusal.Party));
        Assert.NotNull(refusal.RetryAfter);
        Put(s_authority.List(_time.GetUtcNow(), _time.GetUtcNow().AddDays(1), 2));
        _time.Advance(TimeSpan.FromSeconds(1));
        Accepts(s_certificate, signer);
    }

    [Fact]
    public void A_list_is_relied_on_for_a_month_whatever_it_promises()
    {
        var start = Seconds(_time.GetUtcNow());
        var signer = WithList(s_authority.List(start, start.AddYears(1)));

        _time.SetUtcNow(start.AddDays(31).AddHours(1));
        Accepts(s_certificate, signer);
        _time.Advance(TimeSpan.FromSeconds(1));
        Refuses("revocation-data", s_certificate, signer);
    }

    [Fact]
    public void Without_a_good_list_nothing_is_accepted_from_the_start()
    {
        var now = _time.GetUtcNow();
        var signer = s_authority.Register(s_certificate, list: $"file:{ListFile}");

        Refuses("revocation-data", s_certificate, signer);
        RefusesList([]);
        RefusesList("no list"u8.ToArray());
        RefusesList([.. s_authority.List(now, now.AddDays(1)), 0]);
        RefusesList(new Authority("CN=Another CA").List(now, now.AddDays(1)));
        RefusesList(new Authority().List(now, now.AddDays(1)));
        RefusesList(Altered(s_authority.List(now, now.AddDays(1))));
        RefusesList(s_authority.List(now.AddMinutes(6), now.AddDays(1)));
        RefusesList(s_authority.List(now.AddDays(-2), now.AddHours(-2)));
        Put(s_authority.List(now, now.AddDays(1)));
        _time.Advance(TimeSpan.FromSeconds(1));
        Accepts(s_certificate, signer);

        void RefusesList(byte[] list)
        {
            Put(list);
            _time.Advance(TimeSpan.FromSeconds(1));
            Refuses("revocation-data", s_certificate, signer);
        }
    }

    [Fact]
    public void A_bad_or_older_list_does_not_replace_a_good_one()
    {
        var now = _time.GetUtcNow();
        var signer = WithList(s_authority.List(now, now.AddDays(1), 2, s_certificate));
        Refuses("revoked", s_certificate, signer);

        foreach (var list in new[] { s_authority.List(now.AddHours(-1), now.AddDays(9)), "half"u8.ToArray() })
        {
            Put(list);
            _time.Advance(TimeSpan.FromSeconds(1));
            Refuses("revoked", s_certificate, signer);
            Assert.True(_judging.Trust.StandingOf(signer).File!.IsBehind);
        }

        File.Delete(ListFile);
        _time.Advance(TimeSpan.FromMinutes(1));
        Refuses("revoked", s_certificate, signer);
    }

    [Fact]
    public void A_list_from_the_future_is_taken_when_its_time_has_come()
    {
        var now = _time.GetUtcNow();
        var signer = WithList(s_authority.List(now.AddMinutes(10), now.AddDays(1)));
        Refuses("revocation-data", s_certificate, signer);

        _time.Advance(TimeSpan.FromMinutes(6));
        Accepts(s_certificate, signer);
    }

    [Fact]
    public void A_list_for_a_part_of_the_certificates_is_used_for_that_part_only()
    {
        const string Address = "http://crl.example/7.crl";
        var named = s_authority.Issue(revocationAddress: Address);
        var list = s_authority.List(Extension("2.5.29.28", Scope(Address)));
        File.WriteAllBytes(ListFile, list);

        Accepts(named, s_authority.Register(named, list: $"file:{ListFile}"));
        Refuses("revocation-data", s_certificate, s_authority.Register(s_certificate, list: $"file:{ListFile}"));
    }

    [Theory]
    [InlineData("2.5.29.27", new byte[] { 2, 1, 1 })] // a delta
    [InlineData("2.5.29.28", new byte[] { 0x30, 3, 0x84, 1, 0xFF })] // indirect
    [InlineData("2.5.29.28", new byte[] { 0x30, 3, 0x82, 1, 0xFF })] // authorities only
    [InlineData("1.2.3.4", new byte[] { 5, 0 })] // critical and unknown
    public void A_list_that_is_not_complete_is_no_list(string extension, byte[] value)
    {
        File.WriteAllBytes(ListFile, s_authority.List(Extension(extension, value)));

        Refuses("revocation-data", s_certificate, s_authority.Register(s_certificate, list: $"file:{ListFile}"));
    }

    [Fact]
    public void A_verdict_is_remembered_for_half_a_minute_and_not_when_the_clock_goes_back()
    {
        var signer = s_authority.Register(s_certificate);
        var first = _judging.Trust.StandingOf(signer);

        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.Same(first, _judging.Trust.StandingOf(signer));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotSame(first, _judging.Trust.StandingOf(signer));
        Assert.False(first.HoldsAt(first.At.AddSeconds(-1)));
    }

    private static Action<AsnWriter> Extension(string oid, byte[] value) =>
        writer =>
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(oid);
                writer.WriteBoolean(true);
                writer.WriteOctetString(value);
            }
        };

    private static byte[] Scope(string address)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        var first = new Asn1Tag(TagClass.ContextSpecific, 0);
        using (writer.PushSequence())
        using (writer.PushSequence(first))
        using (writer.PushSequence(first))
        {
            writer.WriteCharacterString(
                UniversalTagNumber.IA5String,
                address,
                new Asn1Tag(TagClass.ContextSpecific, 6)
            );
        }

        return writer.Encode();
    }

    /// <summary>Lists count whole seconds.</summary>
    private static DateTimeOffset Seconds(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private static byte[] Altered(byte[] list)
    {
        list[^1] ^= 1;
        return list;
    }

    private void Put(byte[] list, bool pem = false)
    {
        var changed = File.Exists(ListFile) ? File.GetLastWriteTimeUtc(ListFile).AddSeconds(1) : DateTime.UnixEpoch;
        File.WriteAllBytes(
            ListFile,
            pem ? System.Text.Encoding.ASCII.GetBytes(PemEncoding.WriteString("X509 CRL", list)) : list
        );
        File.SetLastWriteTimeUtc(ListFile, changed);
    }

    private RegisteredSigner WithList(byte[] list, bool pem = false)
    {
        Put(list, pem);
        return s_authority.Register(s_certificate, list: $"file:{ListFile}");
    }

    private void Accepts(X509Certificate2 certificate, RegisteredSigner signer) =>
        _judging.Accepts(s_content, new ForgedCms(certificate, s_content).Encode(), signer);

    private Refusal Refuses(
        string rule,
        X509Certificate2 certificate,
        RegisteredSigner signer,
        IReadOnlyList<byte[]>? carried = null
    ) =>
        _judging.Refuses(
            rule,
            s_content,
            new ForgedCms(certificate, s_content)
            {
                Carried = carried is null ? null : [certificate.RawData, .. carried],
            }.Encode(),
            signer
        );
}
