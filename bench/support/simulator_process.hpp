#pragma once

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "sim/certificates.hpp"
#include "wire/http_parser.hpp"

namespace redrive::bench {

// redrive-sim in a process of its own, which can be killed and comes back on the same port with the
// same certificate.
class simulator_process {
  public:
    simulator_process(std::string program, std::vector<std::string> options)
        : program_{std::move(program)}, options_{std::move(options)}, folder_{make_folder()} {
        const auto identity = sim::make_certificates(
            std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()));
        write("ca.pem", identity.ca);
        write("chain.pem", identity.chain);
        write("key.pem", identity.key);
        start();
    }
    simulator_process(const simulator_process&) = delete;
    simulator_process& operator=(const simulator_process&) = delete;
    ~simulator_process() {
        kill();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    [[nodiscard]] std::string url() const { return "https://127.0.0.1:" + port_; }
    [[nodiscard]] std::string ca_file() const { return folder_ / "ca.pem"; }

    // Without a word to those who are connected.
    void restart() {
        kill();
        start();
    }

    // A request at the side door; the body of its reply. Throws when there is none.
    std::string control(std::string_view method,
                        std::string_view path,
                        std::string_view body = {}) {
        for (int attempt = 0;; ++attempt) {
            try {
                return ask(method, path, body);
            } catch (const std::exception&) {
                if (attempt == 20) throw; // the rules in force may spoil handshakes
            }
        }
    }

  private:
    using tcp = boost::asio::ip::tcp;

    static std::filesystem::path make_folder() {
        auto name = (std::filesystem::temp_directory_path() / "redrive-soak-XXXXXX").string();
        if (!::mkdtemp(name.data())) throw std::runtime_error{"cannot make " + name};
        return name;
    }
    void write(const char* name, const std::string& text) const {
        std::ofstream{folder_ / name} << text;
    }

    void start() {
        const auto ready = folder_ / "ready.json";
        std::filesystem::remove(ready);
        std::vector<std::string> words{program_,
                                       "--listen",
                                       "127.0.0.1:" + port_,
                                       "--ready-file",
                                       ready,
                                       "--cert",
                                       folder_ / "chain.pem",
                                       "--key",
                                       folder_ / "key.pem"};
        words.insert(words.end(), options_.begin(), options_.end());
        process_ = ::fork();
        if (process_ < 0) throw std::runtime_error{"cannot fork"};
        if (process_ == 0) become(words);
        wait_for(ready);
    }

    [[noreturn]] static void become(std::vector<std::string>& words) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        const int nowhere = ::open("/dev/null", O_RDWR);
        for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
            ::dup2(nowhere, stream);
        ::close_range(STDERR_FILENO + 1, ~0U, 0);
        std::vector<char*> argv;
        for (auto& each : words)
            argv.push_back(each.data());
        argv.push_back(nullptr);
        ::execv(argv[0], argv.data());
        std::_Exit(127);
    }

    void wait_for(const std::filesystem::path& ready) {
        for (int turn = 0; !std::filesystem::exists(ready); ++turn) {
            if (turn == 1000 || ::waitpid(process_, nullptr, WNOHANG) != 0)
                throw std::runtime_error{program_ + " does not start"};
            std::this_thread::sleep_for(std::chrono::milliseconds{10});
        }
        std::ifstream in{ready};
        const std::string text{std::istreambuf_iterator<char>{in}, {}};
        const std::string_view before = "127.0.0.1:";
        const auto begin = text.find(before) + before.size();
        port_ = text.substr(begin, text.find('"', begin) - begin);
    }

    void kill() noexcept {
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
    }

    std::string ask(std::string_view method, std::string_view path, std::string_view body) {
        boost::asio::io_context context;
        boost::asio::ssl::context tls{boost::asio::ssl::context::tls_client};
        tls.load_verify_file(ca_file());
        tls.set_verify_mode(boost::asio::ssl::verify_peer);
        boost::asio::ssl::stream<tcp::socket> stream{context, tls};
        const auto port = static_cast<std::uint16_t>(std::stoul(port_));
        stream.next_layer().connect({boost::asio::ip::address_v4::loopback(), port});
        stream.handshake(boost::asio::ssl::stream_base::client);
        std::string request{method};
        request.append(" ").append(path).append(" HTTP/1.1\r\nHost: sim\r\nConnection: close\r\n");
        request.append("Content-Length: ").append(std::to_string(body.size()));
        request.append("\r\n\r\n").append(body);
        boost::asio::write(stream, boost::asio::buffer(request));
        wire::reply_parser parser{{.body_bytes = 64 * 1024 * 1024}};
        std::array<char, 16 * 1024> in;
        while (!parser.done()) {
            const auto n = stream.read_some(boost::asio::buffer(in));
            parser.feed({in.data(), n});
        }
        if (parser.reply().status != 200) throw std::runtime_error{parser.reply().body};
        return parser.reply().body;
    }

    std::string program_;
    std::vector<std::string> options_;
    std::filesystem::path folder_;
    std::string port_ = "0";
    pid_t process_ = -1;
};

} // namespace redrive::bench
