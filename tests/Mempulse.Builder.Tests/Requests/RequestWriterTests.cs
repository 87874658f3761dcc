using System.Text;
using System.Text.Json;
using CsCheck;
using Mempulse.Builder.Dialects;
using Mempulse.Builder.Requests;
using Mempulse.Builder.Signing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Primitives;
using Mempulse.RelaySim.Requests;

namespace Mempulse.Builder.Tests.Requests;

/// <summary>What is sent to each builder, byte for byte.</summary>
public sealed class RequestWriterTests
{
    private static readonly RelayCredential Signer = RelayCredential.OfSigner(MadeBundles.Signer);

    public static TheoryData<string> Names => [.. RelayDialects.All.Select(dialect => dialect.Name)];

    /// <summary>Golden/requests-v1.txt has a request of each builder for each thing that it can be asked for, with its header.</summary>
    [Fact]
    public void The_bytes_of_a_request_are_the_golden_ones()
    {
        string[] expected = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Golden", "requests-v1.txt"));

        string[] actual = [.. RelayDialects.All.SelectMany(Lines)];

        Assert.True(expected.SequenceEqual(actual), $"Golden/requests-v1.txt should be:\n{string.Join('\n', actual)}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_builder_reads_what_was_written(string name)
    {
        var dialect = RelayDialects.Find(name)!;
        var reader = new RequestReader(dialect);
        Gen.Select(MadeBundles.For(dialect), Gen.ULong).Sample((bundle, id) =>
        {
            var request = RelayRequestWriter.Write(dialect, new RelayCommand.Send(bundle), id, Credential(dialect));

            var read = reader.Read(request.Body);

            Assert.Equal(id, read.Id);
            var send = Assert.IsType<RelayCommand.Send>(read.Command);
            Assert.Equal(request.Body.ToArray(), RelayRequestWriter.Write(dialect, send, id, Credential(dialect)).Body.ToArray());
            Assert.Equal(bundle.ComputeBundleHash(), send.Bundle.ComputeBundleHash());
            Assert.Equal((bundle.Target, bundle.MinTimestampSeconds, bundle.MaxTimestampSeconds), (send.Bundle.Target, send.Bundle.MinTimestampSeconds, send.Bundle.MaxTimestampSeconds));
            Assert.Equal((bundle.AnyUuid, bundle.ReplacementSequence), (send.Bundle.AnyUuid, send.Bundle.ReplacementSequence));
            Assert.Equal(bundle.Reverting, send.Bundle.Reverting);
            Assert.Equal(bundle.Dropping, send.Bundle.Dropping);
            Assert.Equal((bundle.Refund?.Percent, bundle.Refund?.Recipient), (send.Bundle.Refund?.Percent, send.Bundle.Refund?.Recipient));
            Assert.Equal(bundle.Refund?.Hashes ?? [], send.Bundle.Refund?.Hashes ?? []);
        }, iter: 100);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_field_without_a_source_is_ever_sent(string name)
    {
        var dialect = RelayDialects.Find(name)!;
        var known = dialect.Find(RelayMethod.SendBundle)!.Fields.Where(field => field.IsVerified).Select(field => field.Name).ToHashSet();
        MadeBundles.For(dialect).Sample(bundle =>
        {
            using var body = JsonDocument.Parse(RelayRequestWriter.Write(dialect, new RelayCommand.Send(bundle), 1, Credential(dialect)).Body);
            var parameters = body.RootElement.GetProperty("params");
            var fields = (parameters.ValueKind == JsonValueKind.Array ? parameters[0] : parameters).EnumerateObject().Select(property => property.Name).ToArray();

            Assert.All(fields, field => Assert.Contains(field, known));
            Assert.Equal(fields.Length, fields.Distinct().Count());
        }, iter: 50);
    }

    [Fact]
    public void The_signed_bytes_are_the_sent_ones()
    {
        var request = RelayRequestWriter.Write(RelayDialects.Find("buildernet")!, new RelayCommand.Send(MadeBundles.Plain()), 1, Signer);

        Assert.Equal("X-Flashbots-Signature", request.HeaderName);
        Assert.True(RelaySignature.TryVerify(request.HeaderValue, request.Body.Span, SenderRecovery.CreateBest(), out _));
    }

    [Fact]
    public void A_header_without_a_source_is_not_sent()
    {
        var request = RelayRequestWriter.Write(RelayDialects.Find("quasar")!, new RelayCommand.Send(MadeBundles.Plain()), 1, Signer);

        Assert.Null(request.HeaderName);
        Assert.Null(request.HeaderValue);
    }

    [Fact]
    public void Neither_secret_nor_bundle_is_in_the_text_of_a_request()
    {
        var request = RelayRequestWriter.Write(RelayDialects.Find("bloxroute")!, new RelayCommand.Send(MadeBundles.Plain()), 5, RelayCredential.OfToken("planted-secret"));

        Assert.Equal("planted-secret", request.HeaderValue);
        Assert.Equal("SendBundle 5", request.ToString());
        Assert.DoesNotContain("planted", RelayCredential.OfToken("planted-secret").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_builder_is_not_known_to_have_cannot_be_written()
    {
        var titan = RelayDialects.Find("titan")!;

        Assert.Throws<ArgumentException>(() => RelayRequestWriter.Write(titan, new RelayCommand.Simulate(MadeBundles.Plain(), new BlockNumber(1), null), 1, Signer));
        Assert.Throws<ArgumentException>(() => RelayRequestWriter.Write(titan, new RelayCommand.Send(MadeBundles.Plain() with { MaxTimestampSeconds = 1 }), 1, Signer));
        Assert.Throws<ArgumentException>(() => RelayRequestWriter.Write(RelayDialects.Find("buildernet")!, new RelayCommand.Send(MadeBundles.Plain()), 1, null));
    }

    [Theory]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_sendBundle\",\"params\":[{\"txs\":[],\"unknown\":1}]}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_sendBundle\",\"params\":[{\"txs\":[],\"blockNumber\":16}]}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_sendBundle\",\"params\":[{\"txs\":[\"00\"],\"blockNumber\":\"0x10\"}]}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_sendBundle\",\"params\":[{\"txs\":[]}]}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_sendBundle\",\"params\":[]}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_callBundle\",\"params\":[{}]}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"method\":\"eth_sendBundle\",\"params\":[{}]}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5,\"params\":[{}]}")]
    [InlineData("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\\ud800\",\"params\":[{}]}")]
    [InlineData("[]")]
    [InlineData("")]
    public void The_simulated_builder_refuses_what_is_not_its_dialect(string body) =>
        Assert.Throws<RequestRefusedException>(() => new RequestReader(RelayDialects.Find("titan")!).Read(Encoding.UTF8.GetBytes(body)));

    private static RelayCredential Credential(RelayDialect dialect) =>
        dialect.Authentication.Scheme == AuthenticationScheme.Token ? RelayCredential.OfToken("token") : Signer;

    private static IEnumerable<string> Lines(RelayDialect dialect)
    {
        RelayCommand[] commands =
        [
            new RelayCommand.Send(MadeBundles.FullFor(dialect)),
            new RelayCommand.Cancel(MadeBundles.Uuid, 8),
            new RelayCommand.Simulate(MadeBundles.Plain(), new BlockNumber(20_999_999), 1_800_000_000),
            new RelayCommand.SendMev(MadeBundles.Full() with { ReplacementUuid = null, Dropping = [] }, new BlockNumber(21_000_003)),
            new RelayCommand.SendPrivate(MadeBundles.Transaction(0), dialect.Find(RelayMethod.SendPrivateTransaction)?.Find(BundleField.MaxBlock) is null ? null : new BlockNumber(21_000_025)),
            new RelayCommand.AskStatistics(MadeBundles.Plain().ComputeBundleHash()),
        ];
        foreach (var command in commands.Where(command => dialect.Find(command.Method) is not null))
        {
            var request = RelayRequestWriter.Write(dialect, command, 42, Credential(dialect));
            yield return $"{dialect.Name} {command.Method} {request.Use} {request.HeaderName ?? "-"} {request.HeaderValue ?? "-"}";
            yield return Encoding.UTF8.GetString(request.Body.Span);
        }
    }
}
