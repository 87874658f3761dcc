using System.Security.Cryptography;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Frames;

namespace Mempulse.Evm.Precompiles;

/// <summary>0x100: P256VERIFY, verifies a signature on secp256r1; returns the word 1 on success, otherwise empty output (EIP-7951).</summary>
internal sealed class P256Verify : IPrecompile
{
    private const int InputBytes = 160;
    private const int HashBytes = 32;
    private const int SignatureBytes = 64;
    private const int CoordinateBytes = 32;

    public long GasFor(ReadOnlySpan<byte> input, ForkRules rules) => Eip7951.VerifyGas;

    public bool TryRun(ReadOnlySpan<byte> input, ReturnBuffer output)
    {
        output.Clear();
        if (input.Length == InputBytes && Verifies(input))
        {
            var word = output.Fill(CoordinateBytes);
            word.Clear();
            word[^1] = 1;
        }

        return true;
    }

    private static bool Verifies(ReadOnlySpan<byte> input)
    {
        var key = input[(HashBytes + SignatureBytes)..];
        var parameters = new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = key[..CoordinateBytes].ToArray(), Y = key[CoordinateBytes..].ToArray() },
        };
        try
        {
            using var curve = ECDsa.Create(parameters);
            return curve.VerifyHash(input[..HashBytes], input.Slice(HashBytes, SignatureBytes), DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            // The platform throws this for a key that is not a point on the curve.
            return false;
        }
    }
}
