using Mempulse.Ethereum.Bls12381;
using Mempulse.Ethereum.Fields;
using Mempulse.Ethereum.Forks;
using Fr = Mempulse.Ethereum.Fields.Residue4<Mempulse.Ethereum.Bls12381.Bls12381Order>;

namespace Mempulse.Ethereum.Kzg;

/// <summary>The coefficients of the polynomial that a blob encodes; reused from one blob to the next.</summary>
/// <remarks>
/// A blob holds the polynomial's values at the 4096th roots of unity, in bit-reversed order
/// (<see href="https://github.com/ethereum/consensus-specs/blob/dev/specs/deneb/polynomial-commitments.md"/>). Confined to one thread.
/// </remarks>
internal sealed class BlobPolynomial
{
    private const int ElementBytes = 32;
    private const int Degree = Eip4844.BlobBytes / ElementBytes;

    /// <summary>A generator of the field's units (PRIMITIVE_ROOT_OF_UNITY).</summary>
    private static readonly Fr Generator = Fr.From(7);

    private static readonly Fr[] InverseRoots = PowersOf(Fr.Invert(Root(Degree)), Degree / 2);
    private static readonly Fr InverseDegree = Fr.Invert(Fr.From(Degree));

    private readonly Fr[] _coefficients = new Fr[Degree];

    /// <summary>The coefficients, constant term first.</summary>
    public ReadOnlySpan<Fr> Coefficients => _coefficients;

    /// <summary>Returns a primitive root of unity of the given order, which is a power of two.</summary>
    public static Fr Root(int order) => FieldPower.Raise(Generator, (Bls12381Order.Value - 1) / order);

    /// <summary>Returns <paramref name="count"/> powers of <paramref name="value"/>, from the power 0 up.</summary>
    public static Fr[] PowersOf(in Fr value, int count)
    {
        var powers = new Fr[count];
        powers[0] = Fr.One;
        for (int i = 1; i < count; i++)
        {
            powers[i] = Fr.Multiply(powers[i - 1], value);
        }

        return powers;
    }

    /// <summary>Reads a blob's values and computes the coefficients; false if a value is not below the modulus.</summary>
    public bool TryRead(ReadOnlySpan<byte> blob)
    {
        bool isRead = true;
        for (int i = 0; i < Degree; i++)
        {
            isRead &= Fr.TryRead(blob.Slice(i * ElementBytes, ElementBytes), out _coefficients[i]);
        }

        Interpolate();
        return isRead;
    }

    /// <summary>Evaluates the polynomial at a point.</summary>
    public Fr Evaluate(in Fr at)
    {
        var sum = Fr.Zero;
        for (int i = Degree - 1; i >= 0; i--)
        {
            sum = Fr.Add(Fr.Multiply(sum, at), _coefficients[i]);
        }

        return sum;
    }

    /// <summary>The inverse Fourier transform by decimation in time, which takes its input in the blob's bit-reversed order (Cooley and Tukey, 1965).</summary>
    private void Interpolate()
    {
        for (int half = 1; half < Degree; half *= 2)
        {
            int stride = Degree / (2 * half);
            for (int start = 0; start < Degree; start += 2 * half)
            {
                for (int i = 0; i < half; i++)
                {
                    ref var low = ref _coefficients[start + i];
                    ref var high = ref _coefficients[start + i + half];
                    var turned = Fr.Multiply(high, InverseRoots[i * stride]);
                    high = Fr.Subtract(low, turned);
                    low = Fr.Add(low, turned);
                }
            }
        }

        foreach (ref var coefficient in _coefficients.AsSpan())
        {
            coefficient = Fr.Multiply(coefficient, InverseDegree);
        }
    }
}
