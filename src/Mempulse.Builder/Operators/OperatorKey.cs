using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;
using Nethereum.KeyStore;
using Nethereum.KeyStore.Crypto;

namespace Mempulse.Builder.Operators;

/// <summary>The key of the account that acts: it signs the transactions of bundles, and nothing shows it. Immutable and thread-safe.</summary>
public sealed class OperatorKey
{
    /// <summary>The environment variable that holds a key in hex.</summary>
    public const string KeyVariable = "MEMPULSE_OPERATOR_KEY";

    /// <summary>The environment variable that holds the password of a key file.</summary>
    public const string PasswordVariable = "MEMPULSE_OPERATOR_PASSWORD";

    private const int MaxFileBytes = 64 * 1024;
    private const UnixFileMode OfOthers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly EcdsaSigner _signer;

    private OperatorKey(EcdsaSigner signer) => _signer = signer;

    /// <summary>The account.</summary>
    public Address Account => _signer.Account;

    /// <summary>Reads a key in hex, with or without 0x.</summary>
    /// <param name="hex">The key.</param>
    /// <param name="place">Where it comes from, for messages.</param>
    /// <exception cref="OperatorKeyException">It is not a key.</exception>
    public static OperatorKey FromHex(string hex, string place)
    {
        ArgumentNullException.ThrowIfNull(hex);
        var digits = hex.AsSpan().Trim();
        byte[] key = new byte[EcdsaSigner.KeyBytes];
        digits = digits.StartsWith("0x", StringComparison.Ordinal) ? digits[2..] : digits;
        if (digits.Length != 2 * key.Length || Convert.FromHexString(digits, key, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            throw new OperatorKeyException($"The key in {place} is not valid: expected 64 hex digits.");
        }

        return Of(key, place);
    }

    /// <summary>Reads a key file of the Web3 Secret Storage, version 3, with scrypt or PBKDF2: <see href="https://ethereum.org/developers/docs/data-structures-and-encoding/web3-secret-storage/"/>.</summary>
    /// <param name="path">The file. Only its owner may have access to it.</param>
    /// <param name="password">Its password.</param>
    /// <exception cref="OperatorKeyException">The file cannot be read, is open to others, is no key file, or has another password.</exception>
    public static OperatorKey FromFile(string path, string password)
    {
        string json = ReadFile(path);
        try
        {
            return Of(new KeyStoreService().DecryptKeyStoreFromJson(password, json), path);
        }
        catch (DecryptionException e)
        {
            throw new OperatorKeyException($"The key file {path} has another password than the one in {PasswordVariable}.", e);
        }
        catch (Exception e) when (e is not OperatorKeyException) // the package wraps whatever it meets in a plain Exception
        {
            throw new OperatorKeyException($"The key file {path} is not a Web3 Secret Storage file of version 3.", e);
        }
    }

    /// <summary>Signs a transaction, whose signature is ignored.</summary>
    public SignedTransaction Sign(SignedTransaction tx) => TransactionSigner.Sign(tx, _signer);

    /// <summary>The account; never the key.</summary>
    public override string ToString() => Account.ToString();

    private static string ReadFile(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.Length > MaxFileBytes)
            {
                throw new OperatorKeyException($"The key file {path} has {file.Length} bytes: expected at most {MaxFileBytes}.");
            }

            if (!OperatingSystem.IsWindows() && (file.UnixFileMode & OfOthers) != 0)
            {
                throw new OperatorKeyException($"The key file {path} can be read or written by others than its owner. Run: chmod 600 {path}");
            }

            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperatorKeyException($"The key file {path} cannot be read: {e.Message}", e);
        }
    }

    private static OperatorKey Of(byte[] key, string place)
    {
        try
        {
            return new OperatorKey(new EcdsaSigner(key));
        }
        catch (ArgumentException e)
        {
            throw new OperatorKeyException($"The key in {place} is not valid: expected a number from 1 to the order of secp256k1, exclusive.", e);
        }
        finally
        {
            Array.Clear(key);
        }
    }
}
