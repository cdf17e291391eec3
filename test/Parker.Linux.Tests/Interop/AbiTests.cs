using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Parker.Linux.Interop;

namespace Parker.Linux.Tests.Interop;

/// <summary>Holds every mirrored structure and constant against the kernel's and libc's own headers, with the C compiler as the judge.</summary>
public sealed class AbiTests
{
    [Fact]
    public unsafe void Mirrors_of_kernel_structures_and_constants_agree_with_the_headers()
    {
        StringBuilder source = new();
        source.AppendLine("#define _GNU_SOURCE");
        foreach (string header in (string[])["stddef.h", "errno.h", "fcntl.h", "sched.h", "time.h", "unistd.h", "sys/mman.h", "sys/mount.h", "sys/syscall.h", "sys/ioctl.h", "sys/wait.h", "poll.h", "signal.h", "spawn.h", "termios.h", "linux/perf_event.h"])
        {
            source.AppendLine(CultureInfo.InvariantCulture, $"#include <{header}>");
        }

        perf_event_attr attr = default;
        byte* attrStart = (byte*)&attr;
        Offset("struct perf_event_attr", "type", (byte*)&attr.type - attrStart);
        Offset("struct perf_event_attr", "size", (byte*)&attr.size - attrStart);
        Offset("struct perf_event_attr", "config", (byte*)&attr.config - attrStart);
        Offset("struct perf_event_attr", "sample_period", (byte*)&attr.sample_period - attrStart);
        Offset("struct perf_event_attr", "sample_type", (byte*)&attr.sample_type - attrStart);
        Offset("struct perf_event_attr", "read_format", (byte*)&attr.read_format - attrStart);
        Offset("struct perf_event_attr", "wakeup_events", (byte*)&attr.wakeup_events - attrStart);
        Offset("struct perf_event_attr", "bp_type", (byte*)&attr.bp_type - attrStart);
        Offset("struct perf_event_attr", "config1", (byte*)&attr.config1 - attrStart);
        Equal("PERF_ATTR_SIZE_VER0", Unsafe.SizeOf<perf_event_attr>());

        perf_event_mmap_page page = default;
        byte* pageStart = (byte*)&page;
        Offset("struct perf_event_mmap_page", "version", (byte*)&page.version - pageStart);
        Offset("struct perf_event_mmap_page", "lock", (byte*)&page.@lock - pageStart);
        Offset("struct perf_event_mmap_page", "capabilities", (byte*)&page.capabilities - pageStart);
        Offset("struct perf_event_mmap_page", "time_shift", (byte*)&page.time_shift - pageStart);
        Offset("struct perf_event_mmap_page", "time_mult", (byte*)&page.time_mult - pageStart);
        Offset("struct perf_event_mmap_page", "time_offset", (byte*)&page.time_offset - pageStart);
        Offset("struct perf_event_mmap_page", "time_zero", (byte*)&page.time_zero - pageStart);

        Equal("sizeof(struct timespec)", Unsafe.SizeOf<timespec>());
        Equal("PERF_TYPE_SOFTWARE", PerfCalls.PERF_TYPE_SOFTWARE);
        Equal("PERF_COUNT_SW_DUMMY", (long)PerfCalls.PERF_COUNT_SW_DUMMY);
        Equal("PERF_FLAG_FD_CLOEXEC", (long)PerfCalls.PERF_FLAG_FD_CLOEXEC);
        Equal("SYS_perf_event_open", PerfCalls.PerfEventOpenNumber);
        Equal("O_RDONLY", FileCalls.O_RDONLY);
        Equal("O_NOCTTY", FileCalls.O_NOCTTY);
        Equal("O_NONBLOCK", FileCalls.O_NONBLOCK);
        Equal("O_CLOEXEC", FileCalls.O_CLOEXEC);
        Equal("AT_FDCWD", FileCalls.AT_FDCWD);
        Equal("AT_SYMLINK_NOFOLLOW", FileCalls.AT_SYMLINK_NOFOLLOW);
        Equal("F_OK", FileCalls.F_OK);
        Equal("PROT_READ", MemoryCalls.PROT_READ);
        Equal("PROT_WRITE", MemoryCalls.PROT_WRITE);
        Equal("PROT_EXEC", MemoryCalls.PROT_EXEC);
        Equal("MAP_SHARED", MemoryCalls.MAP_SHARED);
        Equal("MAP_PRIVATE", MemoryCalls.MAP_PRIVATE);
        Equal("MAP_ANONYMOUS", MemoryCalls.MAP_ANONYMOUS);
        Equal("CLOCK_MONOTONIC_RAW", ClockCalls.CLOCK_MONOTONIC_RAW);
        pollfd poll = default;
        byte* pollStart = (byte*)&poll;
        Offset("struct pollfd", "fd", (byte*)&poll.fd - pollStart);
        Offset("struct pollfd", "events", (byte*)&poll.events - pollStart);
        Offset("struct pollfd", "revents", (byte*)&poll.revents - pollStart);
        winsize size = default;
        byte* sizeStart = (byte*)&size;
        Offset("struct winsize", "ws_row", (byte*)&size.ws_row - sizeStart);
        Offset("struct winsize", "ws_col", (byte*)&size.ws_col - sizeStart);
        Equal("sizeof(struct winsize)", Unsafe.SizeOf<winsize>());
        Equal("sizeof(struct pollfd)", Unsafe.SizeOf<pollfd>());
        Equal("sizeof(struct termios)", TerminalCalls.TermiosSize);
        Equal("sizeof(posix_spawn_file_actions_t)", SpawnCalls.FileActionsSize);
        Equal("sizeof(posix_spawnattr_t)", SpawnCalls.AttributesSize);
        Equal("sizeof(sigset_t)", SpawnCalls.SignalSetSize);
        Equal("POSIX_SPAWN_SETSIGDEF", SpawnCalls.POSIX_SPAWN_SETSIGDEF);
        Equal("POSIX_SPAWN_SETSIGMASK", SpawnCalls.POSIX_SPAWN_SETSIGMASK);
        Equal("POSIX_SPAWN_SETSID", SpawnCalls.POSIX_SPAWN_SETSID);
        Equal("SYS_pidfd_open", ProcessCalls.PidfdOpenNumber);
        Equal("SIGKILL", ProcessCalls.SIGKILL);
        Equal("POLLIN", ProcessCalls.POLLIN);
        Equal("POLLOUT", ProcessCalls.POLLOUT);
        Equal("TIOCGWINSZ", (long)TerminalCalls.TIOCGWINSZ);
        Equal("TIOCSWINSZ", (long)TerminalCalls.TIOCSWINSZ);
        Equal("TCSADRAIN", TerminalCalls.TCSADRAIN);
        Equal("EPERM", Errno.EPERM);
        Equal("ENOENT", Errno.ENOENT);
        Equal("EINTR", Errno.EINTR);
        Equal("ENXIO", Errno.ENXIO);
        Equal("EAGAIN", Errno.EAGAIN);
        Equal("EACCES", Errno.EACCES);
        Equal("ENODEV", Errno.ENODEV);
        Equal("ENOTDIR", Errno.ENOTDIR);
        Equal("EINVAL", Errno.EINVAL);
        Equal("EPIPE", Errno.EPIPE);
        Equal("ECONNABORTED", Errno.ECONNABORTED);
        Equal("MS_RDONLY", (long)MountCalls.MS_RDONLY);
        Equal("MS_NOSUID", (long)MountCalls.MS_NOSUID);
        Equal("MS_NODEV", (long)MountCalls.MS_NODEV);
        Equal("MS_NOEXEC", (long)MountCalls.MS_NOEXEC);
        Equal("MS_REMOUNT", (long)MountCalls.MS_REMOUNT);
        Equal("MS_BIND", (long)MountCalls.MS_BIND);
        Equal("MNT_FORCE", MountCalls.MNT_FORCE);
        Equal("MNT_DETACH", MountCalls.MNT_DETACH);

        // Offsets of bit fields cannot be asked for: the compiler builds the word from the named bits instead.
        source.AppendLine("static const union { struct perf_event_attr a; unsigned long long w[8]; } bits = { .a = { .disabled = 1, .exclude_kernel = 1, .exclude_hv = 1 } };");
        source.AppendLine("static const struct perf_event_mmap_page page = { .cap_user_time = 1 };");
        source.AppendLine(CultureInfo.InvariantCulture, $"int main(void) {{ return bits.w[5] == {perf_event_attr.Disabled | perf_event_attr.ExcludeKernel | perf_event_attr.ExcludeHypervisor}ull && page.capabilities == {perf_event_mmap_page.CapUserTime}ull ? 0 : 1; }}");

        Compile(source.ToString());

        void Offset(string type, string field, long offset) => source.AppendLine(CultureInfo.InvariantCulture, $"_Static_assert(offsetof({type}, {field}) == {offset}, \"{field}\");");
        void Equal(string expression, long value) => source.AppendLine(CultureInfo.InvariantCulture, $"_Static_assert(({expression}) == {value}, \"{expression}\");");
    }

    // Compiled and run: the bit fields are checked by the program itself.
    private static void Compile(string source)
    {
        string program = Path.Combine(Path.GetTempPath(), "parker-abi-" + Guid.NewGuid().ToString("N"));
        try
        {
            (int status, string errors) = Run("gcc", ["-std=c11", "-x", "c", "-", "-o", program], source);
            Assert.SkipWhen(
                errors.Contains("No such file or directory", StringComparison.Ordinal) && errors.Contains("fatal error", StringComparison.Ordinal),
                "a header is missing; install libc6-dev and linux-libc-dev: " + errors);
            Assert.True(status == 0, errors);
            (status, errors) = Run(program, [], "");
            Assert.True(status == 0, "a bit field of perf_event_attr or perf_event_mmap_page lies elsewhere than its mirror says. " + errors);
        }
        finally
        {
            File.Delete(program);
        }
    }

    private static (int Status, string Errors) Run(string program, string[] arguments, string input)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardError = true })!;
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, errors);
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} is missing; install gcc to check the mirrors of kernel structures.");
            throw;
        }
    }
}
