namespace Mempulse.EthereumVectors.Tests;

/// <summary>Runs last (<see cref="LedgerLast"/>), when every suite has read its files.</summary>
[Collection(LedgerLast.Collection)]
public sealed class VectorLedgerTests
{
    private const string Ethereum = "ethereum/ethereum-tests-Basic-RLP-Transaction-Trie-ABI-Difficulty.tar.zst!";
    private const string Prestate = "mainnet/blocks-with-prestate.tar.zst!";
    private const string Witness = "mainnet/blocks-with-witness.tar.zst!";

    /// <summary>The files that no suite here reads, by name or prefix, and why.</summary>
    private static readonly (string Name, string Reason)[] Skips =
    [
        (Ethereum + "ABITests/", "no ABI codec yet"),
        (Ethereum + "BasicTests/", "formats of 2014 (genesis states, hex prefixes, brain wallets) that no code here implements"),
        (Ethereum + "DifficultyTests/", "proof of work is not followed: headers are taken from nodes"),
        (Ethereum + "GenesisTests/", "genesis states: no chain is followed from its genesis"),
        (Ethereum + "PoWTests/", "proof of work is not followed: headers are taken from nodes"),
        (Ethereum + "JSONSchema/", "a description of the format, not vectors"),
        (Ethereum + "LICENSE", "the licence"),
        (Ethereum + "README.md", "the upstream description"),
        (Prestate + "codes.json", "input of execution, read by Mempulse.Evm.Tests"),
        (Prestate + "block_hashes.json", "input of execution, read by Mempulse.Evm.Tests"),
        (Prestate + "index.json", "lists the complete prestates, read by Mempulse.Evm.Tests"),
        (Prestate + "receipts/", "output of execution, read by Mempulse.Evm.Tests"),
        (Witness + "codes.json", "input of execution, read by Mempulse.Evm.Tests"),
        (Witness + "index.json", "a description of the archive, read by Mempulse.Evm.Tests"),
        ("mainnet/blocks-rpc.tar.zst!recent/storage_proof.json", "a state proof, not a block"),
        ("mainnet/blocks-rpc.tar.zst!recent/access_list.json", "a result of eth_createAccessList, not a block"),
        ("mainnet/blocks-rpc.tar.zst!recent/code.json", "contract code, not a block"),
    ];

    [Fact]
    public void Every_vector_file_is_read_or_skipped_with_a_reason()
    {
        var read = VectorLedger.AllRead.ToHashSet(StringComparer.Ordinal);
        Assert.True(read.Count > 0, "No vector file was read: run the whole assembly, because this test checks what the others read.");
        var unread = AllNames().Where(name => !read.Contains(name)).ToList();

        var unexplained = unread.Where(name => ReasonFor(name) is null).ToList();
        var unneeded = Skips.Where(skip => !unread.Exists(name => name.StartsWith(skip.Name, StringComparison.Ordinal)));

        Assert.Empty(unexplained);
        Assert.Empty(unneeded);
        foreach (var group in unread.GroupBy(ReasonFor))
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{group.Count()} skipped, {group.Key}: {group.First()}");
        }
    }

    private static string? ReasonFor(string name)
    {
        if (name.EndsWith("/pre_state.json", StringComparison.Ordinal))
        {
            return "input of execution, read by Mempulse.Evm.Tests";
        }

        if (name.StartsWith(Witness, StringComparison.Ordinal) && name.Split('/')[^1] is "pre.json" or "post.json" or "nodes.json")
        {
            return "input of execution and its state proofs, read by Mempulse.Evm.Tests";
        }

        return Array.Find(Skips, skip => name.StartsWith(skip.Name, StringComparison.Ordinal)).Reason;
    }

    private static IEnumerable<string> AllNames()
    {
        foreach (string folder in (string[])["ethereum", "mainnet"])
        {
            foreach (string file in Directory.EnumerateFiles(Path.Combine(VectorFolder.Root, folder)).Order(StringComparer.Ordinal))
            {
                string path = $"{folder}/{Path.GetFileName(file)}";
                if (path.EndsWith(VectorFolder.Tar, StringComparison.Ordinal))
                {
                    foreach (string name in VectorFolder.List(path))
                    {
                        yield return VectorLedger.NameOf(path, name);
                    }
                }
                else if (!path.EndsWith("README.md", StringComparison.Ordinal))
                {
                    yield return path;
                }
            }
        }
    }
}
