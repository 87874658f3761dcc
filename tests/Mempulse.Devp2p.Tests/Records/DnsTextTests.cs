using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CsCheck;
using Mempulse.Devp2p.DnsTrees;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Devp2p.Tests.Records;

/// <summary>The TXT resolver against a test server on loopback, and the decoder against random and damaged bytes.</summary>
public sealed class DnsTextTests
{
    private const string Name = "FDXN3SN67NA5DKA4J2GOK7BVQI.all.example.org";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_text_in_pieces_is_joined_and_unrelated_datagrams_are_skipped()
    {
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var asking = new DnsTextResolver((IPEndPoint)server.Client.LocalEndPoint!, TimeProvider.System).ResolveAsync(Name, Token);
        var question = await server.ReceiveAsync(Token);
        byte[] right = Answer(question.Buffer, "enrtree-branch:", "A,B");
        byte[] otherId = [.. right];
        otherId[0] ^= 1;

        await server.SendAsync(otherId, question.RemoteEndPoint, Token);
        await server.SendAsync(new byte[] { 1, 2, 3 }, question.RemoteEndPoint, Token);
        await server.SendAsync(right, question.RemoteEndPoint, Token);

        Assert.Equal("enrtree-branch:A,B", await asking);
    }

    [Fact]
    public async Task A_truncated_answer_is_retried_over_tcp()
    {
        using var udp = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var place = (IPEndPoint)udp.Client.LocalEndPoint!;
        using var tcp = new TcpListener(place);
        tcp.Start();
        var asking = new DnsTextResolver(place, TimeProvider.System).ResolveAsync(Name, Token);
        var question = await udp.ReceiveAsync(Token);
        byte[] cut = Answer(question.Buffer, "cut");
        cut[2] |= 0x02;
        await udp.SendAsync(cut, question.RemoteEndPoint, Token);

        using var client = await tcp.AcceptTcpClientAsync(Token);
        byte[] asked = new byte[question.Buffer.Length + 2];
        await client.GetStream().ReadExactlyAsync(asked, Token);
        byte[] answer = Answer(asked[2..], [.. Enumerable.Repeat(new string('x', 250), 20)]);
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)answer.Length);
        await client.GetStream().WriteAsync((byte[])[.. length, .. answer], Token);

        Assert.Equal(5_000, (await asking)!.Length);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_has_no_text()
    {
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var asking = new DnsTextResolver((IPEndPoint)server.Client.LocalEndPoint!, TimeProvider.System).ResolveAsync(Name, Token);
        var question = await server.ReceiveAsync(Token);
        byte[] missing = Answer(question.Buffer);
        missing[3] |= 0x03;

        await server.SendAsync(missing, question.RemoteEndPoint, Token);

        Assert.Null(await asking);
    }

    /// <summary>A resolver may send the name back in another case, and records of other types before the text.</summary>
    [Fact]
    public void The_text_is_found_behind_other_records_and_under_the_name_in_another_case()
    {
        byte[] question = DnsTextMessage.EncodeQuery(7, Name)!;
        byte[] answer = Answer(question, "the text");
        byte[] alias = [0xc0, 0x0c, 0, 5, 0, 1, 0, 0, 0, 60, 0, 2, 0xc0, 0x0c];
        byte[] both = [.. answer.AsSpan(0, question.Length - 11), .. alias, .. answer.AsSpan(question.Length - 11)];
        both[7] = 2;
        both[13] = (byte)char.ToLowerInvariant((char)both[13]);

        Assert.True(DnsTextMessage.TryReadAnswer(both, question, out string? text, out bool isTruncated));
        Assert.Equal(("the text", false), (text, isTruncated));
    }

    [Theory]
    [InlineData("a question")]
    [InlineData("another question's answer")]
    [InlineData("another id")]
    [InlineData("two questions")]
    [InlineData("a record that ends early")]
    public void What_does_not_answer_the_question_is_not_an_answer(string kind)
    {
        byte[] question = DnsTextMessage.EncodeQuery(7, Name)!;
        byte[] answer = Answer(question, "the text");
        Assert.True(DnsTextMessage.TryReadAnswer(answer, question, out _, out _));
        switch (kind)
        {
            case "a question":
                answer[2] &= 0x7f;
                break;
            case "another question's answer":
                answer[14] ^= 1;
                break;
            case "another id":
                answer[1] ^= 1;
                break;
            case "two questions":
                answer[5] = 2;
                break;
            default:
                answer = answer[..^1];
                break;
        }

        Assert.False(DnsTextMessage.TryReadAnswer(answer, question, out _, out _));
    }

    [Fact]
    public async Task A_query_that_is_lost_is_sent_three_times_and_then_no_more()
    {
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        for (int answered = 3; answered <= 4; answered++)
        {
            var time = new FakeTimeProvider();
            var asking = new DnsTextResolver((IPEndPoint)server.Client.LocalEndPoint!, time).ResolveAsync(Name, Token);
            for (int attempt = 1; attempt <= 3; attempt++)
            {
                var question = await server.ReceiveAsync(Token);
                if (attempt == answered)
                {
                    await server.SendAsync(Answer(question.Buffer, "late"), question.RemoteEndPoint, Token);
                }
                else
                {
                    time.Advance(TimeSpan.FromSeconds(2));
                }
            }

            Assert.Equal(answered == 3 ? "late" : null, await asking);
            Assert.Equal(0, server.Available);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData("ä.org")]
    public void An_invalid_name_is_not_queried(string name) => Assert.Null(DnsTextMessage.EncodeQuery(1, name));

    [Fact]
    public void Damaged_answers_are_refused_or_read_and_never_throw() => Gen.Select(Gen.Int[0, 10_000], Gen.Byte, Gen.Byte.Array[0, 60]).Sample(
        sample =>
        {
            byte[] question = DnsTextMessage.EncodeQuery(7, Name)!;
            byte[] answer = Answer(question, "some text", "and more");
            int at = sample.Item1 % answer.Length;
            answer[at] = sample.Item2;
            _ = DnsTextMessage.TryReadAnswer(answer, question, out _, out _);
            _ = DnsTextMessage.TryReadAnswer(answer.AsSpan(0, at), question, out _, out _);
            _ = DnsTextMessage.TryReadAnswer((byte[])[.. question.AsSpan(0, 2), .. sample.Item3], question, out _, out _);
        },
        iter: 20_000);

    /// <summary>Repeats the question and adds one TXT record with these pieces; no record without pieces.</summary>
    private static byte[] Answer(byte[] question, params string[] pieces)
    {
        byte[] content = [.. pieces.SelectMany(piece => (byte[])[(byte)piece.Length, .. Encoding.ASCII.GetBytes(piece)])];
        byte[] record = pieces.Length == 0 ? [] : [0xc0, 0x0c, 0, 16, 0, 1, 0, 0, 0, 60, (byte)(content.Length >> 8), (byte)(content.Length & 0xff), .. content];
        byte[] answer = [.. question[..^11], .. record];
        answer[2] = 0x81;
        answer[3] = 0x80;
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(6), (ushort)(pieces.Length == 0 ? 0 : 1));
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(10), 0);
        return answer;
    }
}
