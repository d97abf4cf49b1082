// Writes a span of each attempt and of each call, with OpenTelemetry's names, and the metrics for
// Prometheus at the end.
//   5_observe QUEUE_ARN      lists the queue's redrives; credentials and region as every AWS tool
#include <redrive/client.hpp>
#include <redrive/metrics.hpp>

#include <boost/asio/io_context.hpp>

#include <iostream>

// A real one gives these to an exporter: it has begin, end and attributes of each span.
class spans final : public redrive::call_observer {
  public:
    explicit spans(std::shared_ptr<redrive::call_observer> next) : next_{std::move(next)} {}

    void attempt_ended(const redrive::attempt_record& what) override {
        write("attempt", what);
        std::cout << " http.request.resend_count=" << what.number - 1
                  << " http.response.status_code=" << what.info.http_status << '\n';
        next_->attempt_ended(what);
    }
    void call_ended(const redrive::call_record& what) override {
        write("call", what);
        std::cout << '\n';
        next_->call_ended(what);
    }

  private:
    template <class Record>
    static void write(const char* kind, const Record& what) {
        const std::chrono::duration<double, std::milli> took = what.ended - what.began;
        std::cout << kind << " trace=" << what.call << " name=SQS." << what.operation
                  << " duration_ms=" << took.count() << " rpc.system=aws-api"
                  << " server.address=" << what.address
                  << " aws.request_id=" << what.info.request_id;
        if (what.ec) std::cout << " error.type=\"" << what.ec.message() << '"';
    }

    std::shared_ptr<redrive::call_observer> next_;
};

int main(int argc, char** argv) {
    if (argc != 2) return std::cerr << "usage: 5_observe QUEUE_ARN\n", 2;
    boost::asio::io_context context;
    const auto metrics = std::make_shared<redrive::metrics_collector>();
    redrive::client sqs{context.get_executor(), {.observer = std::make_shared<spans>(metrics)}};
    int status = 1;
    sqs.async_list_tasks(argv[1], {}, [&](redrive::error_code ec, const auto& result) {
        status = ec ? 1 : 0;
        std::cout << (ec ? ec.message() : std::to_string(result.tasks.size()) + " tasks") << '\n';
    });
    context.run();
    std::cout << to_prometheus(*metrics, sqs.endpoints());
    return status;
}
