namespace Mempulse.Features.Tests.Decoding;

/// <summary>Calls that are packed without the ABI, of Safe's MultiSend and of ERC-7579 accounts.</summary>
public sealed class PackedCallTests
{
    private const string MultiSend = "0x40a2accbd92bca938b02010e17a5b8929b49130d";
    private const string Account = "0x0000000000000000000000000000000000000abc";
    private const string Token = "a0b86991c6218b36c1d19d4a2e9eb0ce3606eb48";

    [Fact]
    public void Every_call_of_a_batch_is_read_as_the_safes()
    {
        byte[] batch = [.. Packed(Transfer(5)), .. Packed(Transfer(6)), .. Packed([])];

        var tree = Decoded.Call(MultiSend, [.. Convert.FromHexString("8d80ff0a"), .. Bytes(batch)]);

        Assert.Equal(["multiSend: Decoded", " transfer: Decoded", " transfer: Decoded", " Payment: Decoded"], Decoded.Lines(tree));
        Assert.Equal(["Transfer Exact:5 0xa0b8 -> ? - 0x0000", "Transfer Exact:6 0xa0b8 -> ? - 0x0000"], Decoded.Effects(tree));
        Assert.All(tree.Nodes.ToArray(), static node => Assert.Equal(Decoded.Sender, node.Sender));
        Assert.Equal((ulong)3, tree.Nodes[1].Value.LowUInt64);
    }

    [Theory]
    [InlineData(1)] // the calldata ends early
    [InlineData(70)] // so does the head
    public void A_batch_that_ends_early_gives_the_calls_before(int missing)
    {
        byte[] batch = [.. Packed(Transfer(5)), .. Packed(Transfer(6))];

        var tree = Decoded.Call(MultiSend, [.. Convert.FromHexString("8d80ff0a"), .. Bytes(batch[..^missing])]);

        Assert.Equal(["multiSend: Decoded", " transfer: Decoded"], Decoded.Lines(tree));
    }

    [Fact]
    public void An_account_executes_one_call_or_an_array_as_its_mode_says()
    {
        byte[] one = [.. Convert.FromHexString(Token), .. AbiWords.Of(3), .. Transfer(5)];
        byte[] element = [.. new byte[12], .. Convert.FromHexString(Token), .. AbiWords.Of(3, 96), .. Bytes(Transfer(6))[32..]];
        byte[] many = [.. AbiWords.Of(32, 1, 32), .. element];

        Assert.Equal(["execute: BySelector", " transfer: Decoded"], Decoded.Lines(Decoded.Call(Account, Execute(0, one))));
        Assert.Equal(["Transfer Exact:5 0xa0b8 -> ? - 0x0000"], Decoded.Effects(Decoded.Call(Account, Execute(0, one))));
        var tree = Decoded.Call(Account, Execute(1, many));
        Assert.Equal(["execute: BySelector", " transfer: Decoded"], Decoded.Lines(tree));
        Assert.Equal(["Transfer Exact:6 0xa0b8 -> ? - 0x0000"], Decoded.Effects(tree));
        Assert.Equal(Account, tree.Nodes[1].Sender.ToString());
        Assert.Equal(["execute: BySelector"], Decoded.Lines(Decoded.Call(Account, Execute(1, one)))); // not an array
    }

    private static byte[] Execute(byte mode, byte[] calldata) => [.. Convert.FromHexString("e9ae5c53"), mode, .. new byte[31], .. AbiWords.Of(64), .. Bytes(calldata)[32..]];

    private static byte[] Packed(byte[] call) => [0, .. Convert.FromHexString(Token), .. AbiWords.Of(3, call.Length), .. call];

    private static byte[] Transfer(int amount) => [.. Convert.FromHexString("a9059cbb"), .. AbiWords.Of(0xdd, amount)];

    /// <summary>One argument of bytes: its offset, its length and its padded content.</summary>
    private static byte[] Bytes(byte[] content) => [.. AbiWords.Of(32, content.Length), .. content, .. new byte[(32 - (content.Length % 32)) % 32]];
}
