using System.Runtime.Versioning;
using Mempulse.Builder.Operators;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Builder.Tests.Operators;

/// <summary>The operator's key: the files of the standard's test vectors, and everything that is wrong with a key or its file.</summary>
[SupportedOSPlatform("linux"), SupportedOSPlatform("macos")] // files have modes there
public sealed class OperatorKeyTests : IDisposable
{
    private const string Password = "testpassword";
    private const string Key = "7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d";

    /// <summary>The vector for PBKDF2 of the Web3 Secret Storage definition.</summary>
    private const string Pbkdf2 = """
        {"crypto":{"cipher":"aes-128-ctr","cipherparams":{"iv":"6087dab2f9fdbbfaddc31a909735c1e6"},"ciphertext":"5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46","kdf":"pbkdf2","kdfparams":{"c":262144,"dklen":32,"prf":"hmac-sha256","salt":"ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd"},"mac":"517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2"},"id":"3198bc9c-6672-5ab3-d995-4942343ae5b6","version":3}
        """;

    /// <summary>The vector for scrypt.</summary>
    private const string Scrypt = """
        {"crypto":{"cipher":"aes-128-ctr","cipherparams":{"iv":"83dbcc02d8ccb40e466191a123791e0e"},"ciphertext":"d172bf743a674da9cdad04534d56926ef8358534d458fffccd4e6ad2fbde479c","kdf":"scrypt","kdfparams":{"dklen":32,"n":262144,"r":1,"p":8,"salt":"ab0c7876052600dd703518d6fc3fe8984592145b591fc8fb5c6d43190334ba19"},"mac":"2103ac29920d71da29f15d75b4a16dbe95cfd7ff8faea1056c33131d846e3097"},"id":"3198bc9c-6672-5ab3-d995-4942343ae5b6","version":3}
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("mempulse-operator-").FullName;

    [Theory]
    [InlineData(Pbkdf2)]
    [InlineData(Scrypt)]
    public void Key_files_of_the_standard_are_read(string json)
    {
        var key = OperatorKey.FromFile(Write(json), Password);

        Assert.Equal(Address.Parse("0x008aeeda4d805471df9b2a5b0f38a0c3bcba786b"), key.Account);
        Assert.Equal(key.Account, OperatorKey.FromHex("0x" + Key, "a test").Account);
    }

    [Fact]
    public void What_it_signs_is_signed_by_its_account()
    {
        var key = OperatorKey.FromHex(Key, "a test");

        var signed = key.Sign(new SignedTransaction
        {
            Type = TxType.DynamicFee,
            ChainId = new ChainId(1),
            Nonce = default,
            GasLimit = new Gas(21_000),
            Recipient = default(Address),
            Value = default,
            MaxFeePerGas = new Wei(1),
            Input = default,
            Signature = default,
        });

        Assert.Equal(key.Account, SenderOf(signed));
    }

    [Fact]
    public void Another_password_is_named_and_nothing_of_it_is_shown()
    {
        string path = Write(Pbkdf2);

        var e = Assert.Throws<OperatorKeyException>(() => OperatorKey.FromFile(path, "wrongpassword"));

        Assert.Equal($"The key file {path} has another password than the one in MEMPULSE_OPERATOR_PASSWORD.", e.Message);
        Assert.DoesNotContain("wrongpassword", e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_file_that_others_may_read_or_write_is_refused(UnixFileMode open)
    {
        string path = Write(Pbkdf2);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | open);

        var e = Assert.Throws<OperatorKeyException>(() => OperatorKey.FromFile(path, Password));

        Assert.Equal($"The key file {path} can be read or written by others than its owner. Run: chmod 600 {path}", e.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("not json")]
    [InlineData("""{"version":3,"crypto":{}}""")]
    [InlineData("""{"version":1,"crypto":{"kdf":"none"}}""")]
    public void What_is_no_key_file_is_said_to_be_none(string json)
    {
        string path = Write(json);

        Assert.Equal($"The key file {path} is not a Web3 Secret Storage file of version 3.", Assert.Throws<OperatorKeyException>(() => OperatorKey.FromFile(path, Password)).Message);
    }

    [Fact]
    public void A_file_that_is_missing_or_too_large_is_refused_by_name()
    {
        string missing = Path.Combine(_directory, "missing.json");
        string large = Write(new string(' ', 65 * 1024));

        Assert.StartsWith($"The key file {missing} cannot be read", Assert.Throws<OperatorKeyException>(() => OperatorKey.FromFile(missing, Password)).Message, StringComparison.Ordinal);
        Assert.Contains("expected at most 65536", Assert.Throws<OperatorKeyException>(() => OperatorKey.FromFile(large, Password)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0x12")]
    [InlineData("7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9")]
    [InlineData("zz28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")]
    public void What_is_no_key_is_refused_without_showing_it(string hex)
    {
        var e = Assert.Throws<OperatorKeyException>(() => OperatorKey.FromHex(hex, OperatorKey.KeyVariable));

        Assert.StartsWith("The key in MEMPULSE_OPERATOR_KEY is not valid", e.Message, StringComparison.Ordinal);
        Assert.True(hex.Length == 0 || !e.ToString().Contains(hex, StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_is_shown_as_its_account()
    {
        Assert.Equal("0x008aeeda4d805471df9b2a5b0f38a0c3bcba786b", OperatorKey.FromHex(Key, "a test").ToString());
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static Address? SenderOf(SignedTransaction signed) =>
        TransactionView.TryRead(TransactionEncoder.Encode(signed), out var view) && SenderRecovery.CreateBest().TryRecover(view.ComputeSigningHash(), view.Signature, out var account) ? account : null;

    private string Write(string json)
    {
        string path = Path.Combine(_directory, "key.json");
        File.WriteAllText(path, json);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
