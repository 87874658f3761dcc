using System.Text;
using System.Text.Json;
using Mempulse.Devp2p.Keys;
using Mempulse.Devp2p.Rlpx;
using Mempulse.Devp2p.Tests.Vectors;
using Mempulse.Devp2p.Wire;
using Mempulse.Primitives;

namespace Mempulse.Devp2p.Tests.Rlpx;

/// <summary>The handshake vectors of EIP-8 in both forms, and the secrets derived from them.</summary>
public sealed class Eip8VectorTests : IDisposable
{
    private readonly JsonDocument _json = DevP2pVectors.Json("eip8.json");

    public void Dispose() => _json.Dispose();

    [Theory]
    [InlineData("(Auth₁)", nameof(HandshakeForm.Legacy))]
    [InlineData("(Auth₂)", nameof(HandshakeForm.Eip8))]
    [InlineData("(Auth₃)", nameof(HandshakeForm.Eip8))]
    public void Auth_messages_open_and_name_their_sender(string caption, string form)
    {
        Assert.True(AuthMessage.TryOpen(Key("Static Key B"), Vector(caption), Enum.Parse<HandshakeForm>(form), out var auth));

        Assert.Equal(Key("Static Key A").Id, auth.Initiator);
        Assert.Equal(Nonce("Nonce A"), auth.Nonce);
        Assert.True(RecipientHandshake.TryRecoverEphemeral(Key("Static Key B"), auth, out var ephemeral));
        Assert.Equal(Key("Ephemeral Key A").Id, ephemeral);
    }

    [Theory]
    [InlineData("(Ack₁)", nameof(HandshakeForm.Legacy))]
    [InlineData("(Ack₂)", nameof(HandshakeForm.Eip8))]
    [InlineData("(Ack₃)", nameof(HandshakeForm.Eip8))]
    public void Ack_messages_open(string caption, string form)
    {
        Assert.True(AckMessage.TryOpen(Key("Static Key A"), Vector(caption), Enum.Parse<HandshakeForm>(form), out var ack));

        Assert.Equal(Key("Ephemeral Key B").Id, ack.EphemeralKey);
        Assert.Equal(Nonce("Nonce B"), ack.Nonce);
    }

    [Fact]
    public void Secrets_and_MAC_state_match_the_EIP()
    {
        var derived = _json.RootElement.GetProperty("derived_for_Auth2_Ack2");
        var transcript = new HandshakeTranscript(Vector("(Auth₂)"), Nonce("Nonce A"), Vector("(Ack₂)"), Nonce("Nonce B"));

        Assert.True(SessionSecrets.TryDerive(Key("Ephemeral Key B"), Key("Ephemeral Key A").Id, transcript, HandshakeRole.Recipient, out var recipient));
        Assert.True(SessionSecrets.TryDerive(Key("Ephemeral Key A"), Key("Ephemeral Key B").Id, transcript, HandshakeRole.Initiator, out var initiator));

        Assert.Equal(derived.GetProperty("aes-secret").GetString(), Convert.ToHexStringLower(recipient!.AesSecret));
        Assert.Equal(derived.GetProperty("mac-secret").GetString(), Convert.ToHexStringLower(initiator!.MacSecret));
        recipient.Ingress.Absorb(Encoding.ASCII.GetBytes("foo"));
        initiator.Egress.Absorb(Encoding.ASCII.GetBytes("foo"));
        Assert.Equal("0x" + derived.GetProperty("ingress-mac(\"foo\")").GetString(), recipient.Ingress.Peek().ToString());
        Assert.Equal(recipient.Ingress.Peek(), initiator.Egress.Peek());
    }

    [Fact]
    public void A_hello_of_a_later_version_with_additional_items_decodes()
    {
        Assert.True(HelloMessage.TryDecode(Vector("devp2p hello packet"), out var hello));

        Assert.Equal(55UL, hello!.BaseVersion); // the caption says 22, the bytes 55
        Assert.Equal("kneth/v0.91/plan9", hello.ClientName);
        Assert.Equal([new Capability("eth", 61), new Capability("mork", 22)], hello.Capabilities);
    }

    private NodeKey Key(string name) => NodeKey.From(DevP2pVectors.Hex(_json.RootElement.GetProperty("handshake_keys").GetProperty(name)));

    private Hash256 Nonce(string name) => new(DevP2pVectors.Hex(_json.RootElement.GetProperty("handshake_keys").GetProperty(name)));

    private byte[] Vector(string caption) => DevP2pVectors.Hex(_json.RootElement.GetProperty("vectors").EnumerateArray()
        .First(vector => vector.GetProperty("caption").GetString()!.StartsWith(caption, StringComparison.Ordinal)).GetProperty("hex"));
}
