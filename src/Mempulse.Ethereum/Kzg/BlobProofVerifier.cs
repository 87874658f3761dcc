using System.Security.Cryptography;
using Mempulse.Ethereum.Bls12381;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Rlp;
using Mempulse.Ethereum.Transactions;
using Fr = Mempulse.Ethereum.Fields.Residue4<Mempulse.Ethereum.Bls12381.Bls12381Order>;

namespace Mempulse.Ethereum.Kzg;

/// <summary>Verifies the KZG proofs in the sidecar of a blob transaction.</summary>
/// <remarks>
/// verify_blob_kzg_proof_batch (<see href="https://eips.ethereum.org/EIPS/eip-4844#networking"/>) and verify_cell_kzg_proof_batch over the cells
/// of the blobs themselves (<see href="https://eips.ethereum.org/EIPS/eip-7594#networking"/>). Takes some milliseconds per blob, so
/// <c>TransactionDecoder</c> does not do it and decoding stays cheap. Keeps buffers of 128 KiB between calls; confined to one thread. Not
/// constant-time: everything here is public.
/// </remarks>
public sealed class BlobProofVerifier
{
    private const int FieldElementBytes = 32;

    private static readonly Fr[] CellRoots = BlobPolynomial.PowersOf(BlobPolynomial.Root(Eip7594.CellsPerExtBlob), Eip7594.CellsPerExtBlob);

    private readonly BlobPolynomial _polynomial = new();
    private readonly OpeningBatch _batch = new();
    private readonly Fr[] _sums = new Fr[Eip4844.BlobBytes / FieldElementBytes / TrustedSetup.CellElements];

    /// <summary>Verifies all proofs of a decoded transaction; a transaction without a sidecar passes. Never throws.</summary>
    /// <returns>
    /// No failure if all proofs hold; else <see cref="TxDecodeError.BlobElement"/>, <see cref="TxDecodeError.BlobCommitmentPoint"/>,
    /// <see cref="TxDecodeError.BlobProofPoint"/> or <see cref="TxDecodeError.BlobProof"/>.
    /// </returns>
    public TxDecodeFailure Verify(scoped in TransactionView tx)
    {
        if (tx.EncodedSidecar.IsEmpty)
        {
            return default;
        }

        Span<byte> seed = stackalloc byte[SHA256.HashSizeInBytes];
        Challenge.Seed(tx.EncodedSidecar, seed);
        var reader = new RlpReader(tx.EncodedSidecar);
        bool hasCells = !reader.IsNextList && reader.ReadUInt64() == Eip7594.WrapperVersion;
        var blobs = Enter(reader.ReadItem());
        var commitments = Enter(reader.ReadItem());
        var proofs = Enter(reader.ReadItem());
        _batch.Clear();
        int opened = 0;
        while (blobs.HasMore)
        {
            var blob = blobs.ReadFixed(Eip4844.BlobBytes);
            var commitment = commitments.ReadFixed(Eip4844.CommitmentBytes);
            if (!_polynomial.TryRead(blob))
            {
                return new TxDecodeFailure(TxDecodeError.BlobElement);
            }

            var error = hasCells
                ? AddCells(commitment, ref proofs, seed, ref opened)
                : AddBlob(blob, commitment, proofs.ReadFixed(Eip4844.ProofBytes), Challenge.Weight(seed, opened++));
            if (error != TxDecodeError.None)
            {
                return new TxDecodeFailure(error);
            }
        }

        bool holds = _batch.Holds(hasCells ? TrustedSetup.TauToCell : TrustedSetup.Tau);
        return new TxDecodeFailure(holds ? TxDecodeError.None : TxDecodeError.BlobProof);
    }

    private static RlpReader Enter(ReadOnlySpan<byte> list)
    {
        var reader = new RlpReader(list);
        reader.EnterList();
        return reader;
    }

    private TxDecodeError AddBlob(ReadOnlySpan<byte> blob, ReadOnlySpan<byte> commitment, ReadOnlySpan<byte> proof, in Fr weight)
    {
        if (!Bls12381Compression.TryRead(commitment, out var commitmentPoint))
        {
            return TxDecodeError.BlobCommitmentPoint;
        }

        if (!Bls12381Compression.TryRead(proof, out var proofPoint))
        {
            return TxDecodeError.BlobProofPoint;
        }

        var point = Challenge.EvaluationPoint(blob, commitment);
        _batch.AddCommitment(commitmentPoint, weight);
        _batch.AddProof(proofPoint, weight, point);
        _batch.AddRemainder(0, Fr.Multiply(weight, _polynomial.Evaluate(point)));
        return TxDecodeError.None;
    }

    private TxDecodeError AddCells(ReadOnlySpan<byte> commitment, scoped ref RlpReader proofs, scoped ReadOnlySpan<byte> seed, ref int opened)
    {
        if (!Bls12381Compression.TryRead(commitment, out var commitmentPoint))
        {
            return TxDecodeError.BlobCommitmentPoint;
        }

        Array.Clear(_sums);
        var total = Fr.Zero;
        for (int cell = 0; cell < Eip7594.CellsPerExtBlob; cell++)
        {
            if (!Bls12381Compression.TryRead(proofs.ReadFixed(Eip4844.ProofBytes), out var proof))
            {
                return TxDecodeError.BlobProofPoint;
            }

            int reversed = ReverseCell(cell);
            var weight = Challenge.Weight(seed, opened++);
            total = Fr.Add(total, weight);
            _batch.AddProof(proof, weight, CellRoots[reversed]);
            for (int i = 0; i < _sums.Length; i++)
            {
                _sums[i] = Fr.Add(_sums[i], Fr.Multiply(weight, CellRoots[i * reversed % CellRoots.Length]));
            }
        }

        _batch.AddCommitment(commitmentPoint, total);
        AddRemainders();
        return TxDecodeError.None;
    }

    /// <summary>
    /// The values of a cell are those of p mod X^64 - a at the 64 points where X^64 = a, so the polynomial through them needs no transform:
    /// its coefficient j is the sum of p's coefficients j + 64 m times a^m. The weighted a^m of all cells were added up before.
    /// </summary>
    private void AddRemainders()
    {
        var coefficients = _polynomial.Coefficients;
        for (int j = 0; j < TrustedSetup.CellElements; j++)
        {
            var sum = Fr.Zero;
            for (int m = 0; m < _sums.Length; m++)
            {
                sum = Fr.Add(sum, Fr.Multiply(coefficients[j + (TrustedSetup.CellElements * m)], _sums[m]));
            }

            _batch.AddRemainder(j, sum);
        }
    }

    /// <summary>Returns the cell's index among the 128th roots of unity: its seven bits in reverse.</summary>
    private static int ReverseCell(int cell)
    {
        int reversed = 0;
        for (int rest = Eip7594.CellsPerExtBlob; rest > 1; rest >>= 1)
        {
            reversed = (reversed << 1) | (cell & 1);
            cell >>= 1;
        }

        return reversed;
    }
}
