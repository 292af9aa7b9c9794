using System.Diagnostics;

namespace NeuroHal.Checkpoints.Tests;

/// <summary>What is on the disk when, and what becomes of damage, a full disk and a second run.</summary>
public sealed class FolderTests : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("neurohal-test-").FullName;

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [Fact]
    public void The_last_two_are_kept()
    {
        var folder = new CheckpointFolder(_path);
        Assert.Null(folder.ReadNewest(c => c, Unexpected));
        for (byte i = 1; i <= 5; i++)
        {
            folder.Write(Numbered(i));
        }
        Assert.Equal(["000004.checkpoint", "000005.checkpoint"], Names(folder));
        Assert.Equal(5, new CheckpointFolder(_path).ReadNewest(c => c, Unexpected)!.Run.Span[0]);
    }

    [Fact]
    public void Damage_leads_back_to_the_one_before_and_is_gone_once_there_is_a_new_one()
    {
        var folder = new CheckpointFolder(_path);
        folder.Write(Numbered(1));
        folder.Write(Numbered(2));
        Damage(folder.Files[1]);
        var again = new CheckpointFolder(_path);
        var told = new List<string>();
        Assert.Equal(1, again.ReadNewest(c => c, told.Add)!.Run.Span[0]);
        string line = Assert.Single(told);
        Assert.Contains("000002.checkpoint: The checkpoint is damaged", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
        again.Write(Numbered(3));
        Assert.Equal(["000001.checkpoint", "000003.checkpoint"], Names(again));
    }

    [Fact]
    public void Where_all_are_damaged_the_error_names_the_last_one_tried()
    {
        var folder = new CheckpointFolder(_path);
        folder.Write(Numbered(1));
        folder.Write(Numbered(2));
        Damage(folder.Files[0]);
        Damage(folder.Files[1]);
        var told = new List<string>();
        BadDataException e = Assert.Throws<BadDataException>(() => folder.ReadNewest(c => c, told.Add));
        Assert.Contains("000001.checkpoint", e.Message, StringComparison.Ordinal);
        Assert.Single(told);
    }

    [Fact]
    public void What_a_kill_left_half_written_is_not_read_and_goes_with_the_next()
    {
        var folder = new CheckpointFolder(_path);
        folder.Write(Numbered(1));
        File.WriteAllText(Path.Combine(_path, "000002.checkpoint.part"), "half");
        Assert.Equal(1, new CheckpointFolder(_path).ReadNewest(c => c, Unexpected)!.Run.Span[0]);
        folder.Write(Numbered(2));
        Assert.Equal(["000001.checkpoint", "000002.checkpoint"], Names(folder));
    }

    [Fact]
    public void A_failure_while_writing_leaves_what_was_there()
    {
        string file = Path.Combine(_path, "file");
        DurableFile.Write(file, s => s.WriteByte(1));
        Assert.Throws<IOException>(() => DurableFile.Write(file, s =>
        {
            s.WriteByte(2);
            throw new IOException("no space");
        }));
        Assert.Equal([1], File.ReadAllBytes(file));
        Assert.Equal([file], Directory.GetFiles(_path));
    }

    [Fact]
    public void A_full_disk_leaves_the_last_good_checkpoint()
    {
        string mount = Directory.CreateDirectory(Path.Combine(_path, "small")).FullName;
        Assert.SkipUnless(OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", mount), "a small file system cannot be mounted here");
        try
        {
            var folder = new CheckpointFolder(mount);
            folder.Write(new Checkpoint(new byte[] { 1 }, new byte[20_000], default));
            IOException e = Assert.Throws<IOException>(() => folder.Write(new Checkpoint(new byte[] { 2 }, new byte[200_000], default)));
            Assert.Contains("space", e.Message, StringComparison.OrdinalIgnoreCase);
            Assert.Equal(1, new CheckpointFolder(mount).ReadNewest(c => c, Unexpected)!.Run.Span[0]);
            Assert.Equal(["000001.checkpoint"], Directory.GetFiles(mount).Select(Path.GetFileName));
        }
        finally
        {
            Assert.True(Run("umount", mount));
        }
    }

    [Fact]
    public void A_folder_is_held_by_one_run_and_free_once_that_ends()
    {
        string folder = Path.Combine(_path, "run");
        using (RunLock.Take(folder))
        {
            BadArgumentException e = Assert.Throws<BadArgumentException>(() => RunLock.Take(folder));
            Assert.Contains("Another run is writing to", e.Message, StringComparison.Ordinal);
        }
        Assert.False(Directory.Exists(folder), "a folder is left of a run that put nothing into it");
        RunLock.Take(folder).Remove();
        Assert.Empty(Directory.GetFiles(folder));
        RunLock.Take(folder).Dispose();
        Assert.True(Directory.Exists(folder), "a folder that was there is gone");
        File.WriteAllText(Path.Combine(_path, "file"), "");
        Assert.Contains("cannot be written", Assert.Throws<BadArgumentException>(() => RunLock.Take(Path.Combine(_path, "file", "run"))).Message, StringComparison.Ordinal);
    }

    private static Checkpoint Numbered(byte number) => new(new[] { number }, new byte[100], new byte[10]);

    private static void Unexpected(string line) => Assert.Fail(line);

    private static IEnumerable<string> Names(CheckpointFolder folder) => Directory.GetFiles(folder.Folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);

    private static void Damage(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        bytes[^40] ^= 1;
        File.WriteAllBytes(file, bytes);
    }

    private static bool Run(string command, params string[] args)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(command, args) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
